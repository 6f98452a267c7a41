"""Word documents with real styles, fields and headers of tables: ``report.py`` writes a report, ``comparison.py`` a comparison table alone."""
