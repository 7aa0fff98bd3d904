output "bucket" {
  description = "Bucket with the logs, for `provisioner audit logs gs://BUCKET/...`."
  value       = google_storage_bucket.logs.name
}

output "dataset" {
  description = "Dataset with the logs, PROJECT.DATASET; null if there is none."
  value       = var.dataset_id == null ? null : "${var.project}.${var.dataset_id}"
}
