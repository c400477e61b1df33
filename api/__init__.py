"""The service's side: intake, assignment, notification and the staff's pages."""
