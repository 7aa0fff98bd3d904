output "name" {
  description = "Name of the alert policy."
  value       = google_monitoring_alert_policy.this.name
}
