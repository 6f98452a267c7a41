"""Where finished runs and studies are kept, so that nothing is computed twice: one SQLite file and the manifest beside it."""
