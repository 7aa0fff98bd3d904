data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

locals {
  account  = data.aws_caller_identity.this.account_id
  instance = "arn:aws:s3:${data.aws_region.this.name}:${local.account}:access-grants/default"
}

resource "aws_s3control_access_grants_instance" "this" {
  tags = var.tags
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["access-grants.s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.instance]
    }
  }
}

# Reads only, and only with credentials that Access Grants vends: a grant can never give more than this.
data "aws_iam_policy_document" "reads" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [for bucket in var.data_buckets : "arn:aws:s3:::${bucket}/*"]

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.instance]
    }
  }

  statement {
    actions   = ["s3:ListBucket"]
    resources = [for bucket in var.data_buckets : "arn:aws:s3:::${bucket}"]

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.instance]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role_name
  description          = "S3 Access Grants reads the data for researchers by it."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.longest_session_seconds
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  name   = "reads"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.reads.json
}

resource "aws_s3control_access_grants_location" "this" {
  iam_role_arn   = aws_iam_role.this.arn
  location_scope = "s3://"
  tags           = var.tags

  depends_on = [aws_s3control_access_grants_instance.this, aws_iam_role_policy.this]
}

data "aws_iam_policy_document" "instance" {
  statement {
    sid       = "ResearchersMayAsk"
    actions   = ["s3:GetDataAccess", "s3:ListCallerAccessGrants"]
    resources = [local.instance]

    principals {
      type        = "AWS"
      identifiers = var.researcher_accounts
    }
  }
}

resource "aws_s3control_access_grants_instance_resource_policy" "this" {
  count  = length(var.researcher_accounts) == 0 ? 0 : 1
  policy = data.aws_iam_policy_document.instance.json

  depends_on = [aws_s3control_access_grants_instance.this]
}
