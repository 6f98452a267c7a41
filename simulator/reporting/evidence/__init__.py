"""What a report stands on: finished results and what was asked for, made once, carried in every form, made anew by a check."""
