"""Kind `quantities`: patterns made of fields, such as dates and sums of money."""
