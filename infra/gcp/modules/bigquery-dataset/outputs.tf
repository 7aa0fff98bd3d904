output "dataset_id" {
  description = "Id of the dataset."
  value       = google_bigquery_dataset.this.dataset_id
}

output "name" {
  description = "The dataset as the catalog names it, bq://PROJECT.DATASET."
  value       = "bq://${var.project}.${google_bigquery_dataset.this.dataset_id}"
}
