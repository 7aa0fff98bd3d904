output "email" {
  description = "Address of the group."
  value       = var.email
}

output "name" {
  description = "Resource name, groups/ID."
  value       = google_cloud_identity_group.this.name
}
