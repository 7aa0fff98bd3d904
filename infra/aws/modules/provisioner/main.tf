data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  points  = "arn:aws:s3:${data.aws_region.this.name}:${local.account}:accesspoint/${var.access_point_prefix}-*"
  grants  = "arn:aws:s3:${data.aws_region.this.name}:${local.account}:access-grants/default"
  adopted = [for point in var.adopted_access_points : "arn:aws:s3:${data.aws_region.this.name}:${local.account}:accesspoint/${point}"]
  buckets = [for bucket in var.data_buckets : "arn:aws:s3:::${bucket}"]

  never = concat(
    [
      "s3:GetObject*",
      "s3:PutObject*",
      "s3:DeleteObject*",
      "s3:GetDataAccess",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutAccountPublicAccessBlock",
      "s3:DeleteAccessPoint",
    ],
    contains(var.layouts, "bucket-policy") ? [] : ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  )

  # The data and the ways to it; not the bucket where the ledger's checkpoints are put.
  buckets_and_more = concat(
    local.buckets,
    [for bucket in local.buckets : "${bucket}/*"],
    ["arn:aws:s3:*:${local.account}:accesspoint/*", "arn:aws:s3:*:${local.account}:access-grants/*"],
  )

  # Nothing that a layout in use does not need.
  most = concat(
    [
      "s3:CreateAccessPoint",
      "s3:GetAccessPoint*",
      "s3:PutAccessPointPolicy",
      "s3:DeleteAccessPointPolicy",
      "s3:ListAccessPoints",
      "s3:GetBucket*",
      "s3:GetEncryptionConfiguration",
      "s3:CreateAccessGrant",
      "s3:DeleteAccessGrant",
      "s3:GetAccessGrant*",
      "s3:ListAccessGrants*",
      "s3:TagResource",
      "s3:ListTagsForResource",
      "iam:SimulatePrincipalPolicy",
    ],
    contains(var.layouts, "bucket-policy") ? ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] : [],
    var.grants_location_role_arn == null ? [] : ["s3:CreateAccessGrantsInstance", "s3:CreateAccessGrantsLocation", "iam:PassRole"],
  )
}

data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = length(var.trusted_services) == 0 ? [] : [var.trusted_services]

    content {
      sid     = "Services"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "Service"
        identifiers = statement.value
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.trusted_principals) == 0 ? [] : [var.trusted_principals]

    content {
      sid     = "People"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }
}

# What the engine may do (facts/aws.md A5): hand out reads, never read itself.
data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = contains(var.layouts, "access-points") ? [1] : []

    content {
      sid = "Shards"

      actions = [
        "s3:GetAccessPoint",
        "s3:GetAccessPointPolicy",
        "s3:PutAccessPointPolicy",
        "s3:DeleteAccessPointPolicy",
        "s3:GetAccessPointPolicyStatus",
      ]

      resources = concat([local.points], local.adopted)
    }
  }

  dynamic "statement" {
    for_each = contains(var.layouts, "access-points") ? [1] : []

    content {
      sid       = "NewShards"
      actions   = ["s3:CreateAccessPoint"]
      resources = [local.points]

      condition {
        test     = "StringEquals"
        variable = "s3:AccessPointNetworkOrigin"
        values   = ["Internet"]
      }
    }
  }

  dynamic "statement" {
    for_each = contains(var.layouts, "bucket-policy") ? [1] : []

    content {
      sid       = "BucketPolicies"
      actions   = ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]
      resources = local.buckets
    }
  }

  dynamic "statement" {
    for_each = contains(var.layouts, "access-grants") ? [1] : []

    content {
      sid = "Grants"

      actions = [
        "s3:CreateAccessGrant",
        "s3:DeleteAccessGrant",
        "s3:ListAccessGrantsLocations",
        "s3:GetAccessGrantsInstanceResourcePolicy",
        "s3:TagResource",
        "s3:ListTagsForResource",
      ]

      resources = [local.grants, "${local.grants}/*"]
    }
  }

  dynamic "statement" {
    for_each = contains(var.layouts, "access-grants") && var.grants_location_role_arn != null ? [1] : []

    content {
      sid       = "Registration"
      actions   = ["s3:CreateAccessGrantsInstance", "s3:CreateAccessGrantsLocation"]
      resources = [local.grants, "${local.grants}/*"]
    }
  }

  dynamic "statement" {
    for_each = contains(var.layouts, "access-grants") && var.grants_location_role_arn != null ? [var.grants_location_role_arn] : []

    content {
      sid       = "LocationRole"
      actions   = ["iam:PassRole"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["access-grants.s3.amazonaws.com"]
      }
    }
  }

  # Reads alone. Of the whole account: AWS narrows listing no further, and drift searches ways beside the layout everywhere.
  statement {
    sid       = "Inventory"
    actions   = ["s3:ListAccessPoints", "s3:GetAccessPointPolicy", "s3:ListAccessGrants"]
    resources = ["*"]
  }

  statement {
    sid = "Watch"

    actions = [
      "s3:GetBucketPolicy",
      "s3:GetBucketPolicyStatus",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketOwnershipControls",
      "s3:GetBucketAcl",
      "s3:GetEncryptionConfiguration",
    ]

    resources = local.buckets
  }

  # What it may do itself, for provisioner doctor; not what anybody else may.
  statement {
    sid       = "Itself"
    actions   = ["iam:SimulatePrincipalPolicy"]
    resources = ["arn:aws:iam::${local.account}:role/${var.name}"]
  }

  statement {
    sid       = "NeverTheData"
    effect    = "Deny"
    actions   = local.never
    resources = local.buckets_and_more
  }
}

# The most that the role can ever have, whatever policies somebody attaches to it.
data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "AtMost"
    actions   = concat(local.most, var.further_actions)
    resources = ["*"]
  }

  statement {
    sid       = "NeverTheData"
    effect    = "Deny"
    actions   = local.never
    resources = local.buckets_and_more
  }
}

resource "aws_iam_policy" "boundary" {
  name        = "${var.name}-boundary"
  description = "The most that ${var.name} may ever do."
  policy      = data.aws_iam_policy_document.boundary.json
  tags        = var.tags
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Writes who may read the data; never reads it."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.boundary.arn
  max_session_duration = 3600
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  name   = "access"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}
