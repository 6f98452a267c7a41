"""What an award list shows, in sentences, tables and figures, with what must be withheld so that nobody is recognised."""
