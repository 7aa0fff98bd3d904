package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terraform with Amazon's provider as a witness (recipe: facts/aws.md B3). */
class TerraformTest {
    @TempDir
    private Path folder = Path.of("");

    private final AwsWorld world = AwsWorld.open();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void bucketPolicyBlocksAccessPointsAndRoleApplyAndTheSecondPlanIsEmpty() throws IOException {
        Terraform terraform = Terraform.orSkip(world, folder);
        Files.writeString(folder.resolve("main.tf"), configuration());

        terraform.init();
        terraform.apply();

        terraform.assertNothingToChange();
        terraform.destroy();
        assertThat(world.s3().listBuckets().buckets()).isEmpty();
    }

    private String configuration() {
        return Terraform.provider(world) + """
                resource "aws_s3_bucket" "data" {
                  bucket = "data-one"
                  tags   = { purpose = "data" }
                }
                resource "aws_s3_bucket_public_access_block" "data" {
                  bucket                  = aws_s3_bucket.data.id
                  block_public_acls       = true
                  block_public_policy     = true
                  ignore_public_acls      = true
                  restrict_public_buckets = true
                }
                resource "aws_s3_bucket_ownership_controls" "data" {
                  bucket = aws_s3_bucket.data.id
                  rule {
                    object_ownership = "BucketOwnerEnforced"
                  }
                }
                resource "aws_s3_bucket_versioning" "data" {
                  bucket = aws_s3_bucket.data.id
                  versioning_configuration {
                    status = "Enabled"
                  }
                }
                resource "aws_s3_bucket_policy" "data" {
                  bucket = aws_s3_bucket.data.id
                  policy = jsonencode({
                    Version = "2012-10-17"
                    Statement = [{
                      Sid       = "Delegate"
                      Effect    = "Allow"
                      Principal = "*"
                      Action    = ["s3:GetObject", "s3:ListBucket"]
                      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
                      Condition = { StringEquals = { "s3:DataAccessPointAccount" = "111122223333" } }
                    }]
                  })
                }
                resource "aws_s3_object" "one" {
                  bucket  = aws_s3_bucket.data.id
                  key     = "mimiciv/3.1/a.csv"
                  content = "id"
                }
                resource "aws_s3_access_point" "shard" {
                  count  = 3
                  bucket = aws_s3_bucket.data.id
                  name   = "shard-0${count.index}"
                  public_access_block_configuration {
                    block_public_acls       = true
                    block_public_policy     = true
                    ignore_public_acls      = true
                    restrict_public_buckets = true
                  }
                  lifecycle {
                    ignore_changes = [policy]
                  }
                }
                resource "aws_s3control_access_point_policy" "shard" {
                  access_point_arn = aws_s3_access_point.shard[0].arn
                  policy = jsonencode({
                    Version = "2012-10-17"
                    Statement = [{
                      Effect    = "Allow"
                      Principal = { AWS = aws_iam_user.ada.arn }
                      Action    = "s3:GetObject"
                      Resource  = "${aws_s3_access_point.shard[0].arn}/object/mimiciv/3.1/*"
                    }]
                  })
                }
                resource "aws_s3_account_public_access_block" "all" {
                  block_public_acls       = true
                  block_public_policy     = true
                  ignore_public_acls      = true
                  restrict_public_buckets = true
                }
                resource "aws_iam_user" "ada" {
                  name          = "ada"
                  force_destroy = true
                }
                resource "aws_iam_role" "engine" {
                  name = "engine"
                  assume_role_policy = jsonencode({
                    Version = "2012-10-17"
                    Statement = [{
                      Effect    = "Allow"
                      Principal = { AWS = aws_iam_user.ada.arn }
                      Action    = "sts:AssumeRole"
                    }]
                  })
                }
                resource "aws_iam_role_policy" "engine" {
                  name = "shards"
                  role = aws_iam_role.engine.id
                  policy = jsonencode({
                    Version = "2012-10-17"
                    Statement = [{
                      Effect   = "Allow"
                      Action   = ["s3:PutAccessPointPolicy", "s3:GetAccessPointPolicy"]
                      Resource = "arn:aws:s3:us-east-1:111122223333:accesspoint/shard-*"
                    }]
                  })
                }
                resource "aws_iam_policy" "read" {
                  name = "read"
                  policy = jsonencode({
                    Version   = "2012-10-17"
                    Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }]
                  })
                }
                resource "aws_iam_role_policy_attachment" "read" {
                  role       = aws_iam_role.engine.name
                  policy_arn = aws_iam_policy.read.arn
                }
                """;
    }
}
