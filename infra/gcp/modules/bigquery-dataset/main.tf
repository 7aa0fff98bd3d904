# The access list is written once, when the dataset is made, and belongs to the engine from then on. Terraform's own
# resources for single entries rewrite the whole list without an etag and drop authorised views, so they are not used.

resource "google_bigquery_dataset" "this" {
  project                    = var.project
  dataset_id                 = var.dataset_id
  location                   = var.location
  description                = var.description
  labels                     = var.labels
  delete_contents_on_destroy = false

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }
  access {
    role          = var.provisioner_role
    user_by_email = var.provisioner_email
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [access]
  }
}
