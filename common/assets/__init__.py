"""What browsers are given beside our own pages: kept here, so that nobody else hears of a visit."""
