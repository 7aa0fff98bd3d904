terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region
}

# The organization's management account: only the service control policy is made there.
provider "aws" {
  alias   = "organization"
  region  = var.region
  profile = var.organization_profile
}

locals {
  buckets = ["${var.site}-mimiciv"]
  prefix  = var.site
}

module "logs" {
  source         = "../../modules/log-bucket"
  name           = "${var.site}-access-logs"
  logged_buckets = local.buckets
}

module "data" {
  source     = "../../modules/data-bucket"
  name       = local.buckets[0]
  log_bucket = module.logs.name
}

module "trail" {
  source       = "../../modules/trail"
  log_bucket   = module.logs.name
  data_buckets = local.buckets
}

module "ledger" {
  source  = "../../modules/ledger-bucket"
  name    = "${var.site}-ledger"
  writers = [module.provisioner.role_arn]
}

module "provisioner" {
  source              = "../../modules/provisioner"
  data_buckets        = local.buckets
  access_point_prefix = local.prefix
  further_actions     = ["s3:PutObject", "s3:GetObject", "s3:ListBucket"]
}

module "only_writer" {
  source                  = "../../modules/only-writer"
  providers               = { aws = aws.organization }
  target                  = var.account
  provisioner_role_arn    = module.provisioner.role_arn
  janitor_role_arn        = var.janitor_role_arn
  infrastructure_role_arn = var.infrastructure_role_arn
  access_point_prefix     = local.prefix
  data_buckets            = local.buckets
}

module "run" {
  source               = "../../modules/scheduled-run"
  image                = var.image
  provisioner_role_arn = module.provisioner.role_arn
  config_secret_arn    = var.config_secret_arn
  subnets              = var.subnets
  security_groups      = var.security_groups
}
