# MIMIC-IV 3.1 as PhysioNet has it: files in a bucket, tables in two BigQuery datasets, one group for each platform.

provider "google" {
  project = var.project
  region  = var.region
}

locals {
  labels = {
    dataset = "mimiciv"
    version = "3_1"
  }
}

module "provisioner" {
  source          = "../../modules/provisioner"
  project         = var.project
  organization_id = var.organization_id
}

module "bucket" {
  source            = "../../modules/bucket"
  project           = var.project
  name              = "mimiciv-3-1.${var.domain}"
  labels            = local.labels
  requester_pays    = true
  provisioner_email = module.provisioner.email
  provisioner_role  = module.provisioner.bucket_role
}

module "tables" {
  for_each = {
    mimiciv_3_1_hosp = "MIMIC-IV 3.1, hospital"
    mimiciv_3_1_icu  = "MIMIC-IV 3.1, intensive care"
  }
  source            = "../../modules/bigquery-dataset"
  project           = var.project
  dataset_id        = each.key
  description       = each.value
  labels            = local.labels
  provisioner_email = module.provisioner.email
  provisioner_role  = module.provisioner.dataset_role
}

module "group" {
  for_each = {
    gcs      = "files"
    bigquery = "tables"
  }
  source       = "../../modules/group"
  customer_id  = var.customer_id
  email        = "mimiciv-3-1-${each.key}@${var.domain}"
  display_name = "MIMIC-IV 3.1, ${each.value}"
  description  = "Members may read the ${each.value} of MIMIC-IV 3.1."
}

module "logs" {
  source      = "../../modules/log-sinks"
  project     = var.project
  bucket_name = "access-logs.${var.domain}"
  dataset_id  = "access_logs"
  readers     = ["serviceAccount:${module.provisioner.email}"]
}

module "alert" {
  source                = "../../modules/policy-alert"
  project               = var.project
  provisioner_email     = module.provisioner.email
  notification_channels = var.notification_channels
}

module "run" {
  source            = "../../modules/scheduled-run"
  project           = var.project
  region            = var.region
  image             = var.image
  provisioner_email = module.provisioner.email
  config_secret     = "provisioner-config"
  secret_environment = {
    DATABASE_PASSWORD = "provisioner-database-password"
  }
}
