resource "google_cloud_identity_group" "this" {
  parent               = "customers/${var.customer_id}"
  display_name         = var.display_name
  description          = var.description
  initial_group_config = "EMPTY"

  group_key {
    id = var.email
  }

  labels = {
    "cloudidentity.googleapis.com/groups.discussion_forum" = ""
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [initial_group_config]
  }
}
