# What the engine may do is bound on each bucket and dataset (modules bucket and bigquery-dataset), never on the
# project. It can not read data, and it can not change a project's policy.

resource "google_service_account" "this" {
  project      = var.project
  account_id   = var.account_id
  display_name = "Grants and revokes access to datasets"
}

resource "google_project_iam_custom_role" "bucket" {
  project     = var.project
  role_id     = "${var.role_prefix}Bucket"
  title       = "Provisioner of a bucket"
  description = "Read a bucket's metadata and policy${var.write_policies ? ", and write the policy" : ""}. No objects."
  permissions = concat(
    ["storage.buckets.get", "storage.buckets.getIamPolicy"],
    var.write_policies ? ["storage.buckets.setIamPolicy"] : [],
  )
}

resource "google_project_iam_custom_role" "dataset" {
  project     = var.project
  role_id     = "${var.role_prefix}Dataset"
  title       = "Provisioner of a BigQuery dataset"
  description = "Read a dataset's metadata and access list${var.write_policies ? ", and write the list" : ""}. No tables."
  permissions = concat(
    ["bigquery.datasets.get", "bigquery.datasets.getIamPolicy"],
    var.write_policies ? ["bigquery.datasets.setIamPolicy"] : [],
  )
}

# To find who else can read (shadow access), and for doctor.
resource "google_project_iam_custom_role" "observer" {
  project     = var.project
  role_id     = "${var.role_prefix}Observer"
  title       = "Observer of a project's access"
  description = "Read a project, its policy, and which APIs it has enabled."
  permissions = [
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "serviceusage.services.get",
  ]
}

resource "google_project_iam_member" "observer" {
  project = var.project
  role    = google_project_iam_custom_role.observer.id
  member  = google_service_account.this.member
}

# What a project inherits can only be seen from above.
resource "google_organization_iam_custom_role" "observer" {
  count       = var.organization_id == null ? 0 : 1
  org_id      = var.organization_id
  role_id     = "${var.role_prefix}Observer"
  title       = "Observer of inherited access"
  description = "Read folders, the organization, their policies, and organization policy."
  permissions = [
    "orgpolicy.policy.get",
    "resourcemanager.folders.get",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.organizations.get",
    "resourcemanager.organizations.getIamPolicy",
  ]
}

resource "google_organization_iam_member" "observer" {
  count  = var.organization_id == null ? 0 : 1
  org_id = var.organization_id
  role   = google_organization_iam_custom_role.observer[0].id
  member = google_service_account.this.member
}
