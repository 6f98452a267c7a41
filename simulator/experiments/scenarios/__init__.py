"""Questions as they are asked: a scenario file with its options, people, years and assumptions, read, checked and described. Nothing is run here."""
