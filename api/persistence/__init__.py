"""The only home of SQL; every read of referrals begins with who is asking."""
