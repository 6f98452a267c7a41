"""The workbench: one page with a panel for what is turned, what is found in it, what comes of it, and what is carried away."""
