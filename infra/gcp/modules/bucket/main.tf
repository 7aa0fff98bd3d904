# Who may read the bucket is the engine's business: nothing here binds a reader, and nothing here may ever manage the
# whole policy (google_storage_bucket_iam_policy, _iam_binding), or it would undo the engine's work.

resource "google_storage_bucket" "this" {
  project  = var.project
  name     = var.name
  location = var.location
  labels   = var.labels

  # Conditions, and with them grants that end by themselves, need uniform access.
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  requester_pays              = var.requester_pays
  force_destroy               = false

  dynamic "logging" {
    for_each = var.usage_log_bucket == null ? [] : [var.usage_log_bucket]
    content {
      log_bucket        = logging.value
      log_object_prefix = var.name
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Cloud Storage logs reads only where the project asks for it. The setting is the project's, so one bucket module of a
# project carries it.
resource "google_project_iam_audit_config" "storage" {
  count   = var.enable_data_access_logs ? 1 : 0
  project = var.project
  service = "storage.googleapis.com"

  audit_log_config {
    log_type = "DATA_READ"
  }
  audit_log_config {
    log_type = "DATA_WRITE"
  }
  audit_log_config {
    log_type = "ADMIN_READ"
  }
}

# One member of one role, beside whatever else is bound.
resource "google_storage_bucket_iam_member" "provisioner" {
  bucket = google_storage_bucket.this.name
  role   = var.provisioner_role
  member = "serviceAccount:${var.provisioner_email}"
}

# Usage logs are written by a group of Google's own.
resource "google_storage_bucket_iam_member" "usage_log_writer" {
  count  = var.usage_log_bucket == null ? 0 : 1
  bucket = var.usage_log_bucket
  role   = "roles/storage.objectCreator"
  member = "group:cloud-storage-analytics@google.com"
}
