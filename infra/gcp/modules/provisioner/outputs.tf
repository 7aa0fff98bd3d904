output "email" {
  description = "Address of the service account."
  value       = google_service_account.this.email
}

output "bucket_role" {
  description = "Role to bind on each bucket (module bucket)."
  value       = google_project_iam_custom_role.bucket.id
}

output "dataset_role" {
  description = "Role to give on each dataset (module bigquery-dataset)."
  value       = google_project_iam_custom_role.dataset.id
}
