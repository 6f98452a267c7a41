"""How pages reach a browser: JupyterLab, and pages without code; this machine only, with a token, quiet."""
