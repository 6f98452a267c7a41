"""What paper and money it takes: files, signatures, hours, days and VND; law, simulation and assumption kept apart."""
