"""What both processes need to run: settings, logs, encryption, jobs, web safety."""
