"""What a report says: one module a kind of report, one method a section, called by the cells of the templates."""
