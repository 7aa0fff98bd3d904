locals {
  # Reads of data, and who changed whose access.
  filter = <<-EOT
    (log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/activity"))
    AND (protoPayload.serviceName="storage.googleapis.com" OR protoPayload.serviceName="bigquery.googleapis.com")
  EOT
}

resource "google_storage_bucket" "logs" {
  project                     = var.project
  name                        = var.bucket_name
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  retention_policy {
    retention_period = var.retention_days * 24 * 60 * 60
  }

  lifecycle_rule {
    condition {
      age = var.delete_after_days
    }
    action {
      type = "Delete"
    }
  }

  lifecycle {
    prevent_destroy = true
    precondition {
      condition     = var.delete_after_days >= var.retention_days
      error_message = "delete_after_days must be at least retention_days: what is retained can not be deleted."
    }
  }
}

resource "google_logging_project_sink" "bucket" {
  project                = var.project
  name                   = "${var.name}-bucket"
  description            = "Audit logs of Cloud Storage and BigQuery, hourly, for the review of who read what."
  destination            = "storage.googleapis.com/${google_storage_bucket.logs.name}"
  filter                 = local.filter
  unique_writer_identity = true
}

# Without this nothing is exported.
resource "google_storage_bucket_iam_member" "bucket_writer" {
  bucket = google_storage_bucket.logs.name
  role   = "roles/storage.objectCreator"
  member = google_logging_project_sink.bucket.writer_identity
}

resource "google_bigquery_dataset" "logs" {
  count                           = var.dataset_id == null ? 0 : 1
  project                         = var.project
  dataset_id                      = var.dataset_id
  location                        = var.location
  description                     = "Audit logs of Cloud Storage and BigQuery."
  default_partition_expiration_ms = var.delete_after_days * 24 * 60 * 60 * 1000
  delete_contents_on_destroy      = false
}

resource "google_logging_project_sink" "dataset" {
  count                  = var.dataset_id == null ? 0 : 1
  project                = var.project
  name                   = "${var.name}-dataset"
  description            = "Audit logs of Cloud Storage and BigQuery as tables."
  destination            = "bigquery.googleapis.com/${google_bigquery_dataset.logs[0].id}"
  filter                 = local.filter
  unique_writer_identity = true

  bigquery_options {
    use_partitioned_tables = true
  }
}

# This dataset has no authorised views and no other writer of its list, so the resource's blind write is harmless here.
resource "google_bigquery_dataset_iam_member" "dataset_writer" {
  count      = var.dataset_id == null ? 0 : 1
  project    = var.project
  dataset_id = google_bigquery_dataset.logs[0].dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_logging_project_sink.dataset[0].writer_identity
}

# Reading the logs is for whoever reviews access, which may be the provisioner.
resource "google_storage_bucket_iam_member" "readers" {
  for_each = toset(var.readers)
  bucket   = google_storage_bucket.logs.name
  role     = "roles/storage.objectViewer"
  member   = each.value
}
