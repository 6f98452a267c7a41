"""A draft of a criteria set, and what can be turned in it; no module here imports a widget, so that all of it can be tested and used without a browser."""
