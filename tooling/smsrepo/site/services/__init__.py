"""Pages of services, their levels and agreements."""
