package org.physionet.provisioner.simulator.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.witness.MotoServer;

/**
 * {@code infra/aws/modules/scheduled-run} applied to {@code moto_server}, which has ECS, EventBridge Scheduler and CloudWatch Logs, and
 * which we did not write. It keeps what it is told; whether the task starts is not shown.
 */
class ScheduledRunOnMotoTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void appliesPlansToNothingAndGoesAway() throws IOException, InterruptedException {
        InfrastructureFiles.copyTo(folder);
        Path site = Files.createDirectory(folder.resolve("site"));
        Terraform terraform = Terraform.orSkip(site);
        try (MotoServer moto = MotoServer.withManagedPoliciesOrSkip()) {
            Files.writeString(
                    site.resolve("main.tf"), SITE.replace("BASE", moto.address().toString()));
            terraform.init();
            terraform.apply();
            terraform.assertNothingToChange();
            terraform.destroy();
        }
    }

    private static final String SITE = """
            terraform {
              required_providers {
                aws = {
                  source = "hashicorp/aws"
                }
              }
            }
            provider "aws" {
              region                      = "us-east-1"
              access_key                  = "test"
              secret_key                  = "test"
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              skip_region_validation      = true
              endpoints {
                iam            = "BASE"
                sts            = "BASE"
                ecs            = "BASE"
                scheduler      = "BASE"
                cloudwatchlogs = "BASE"
              }
            }
            module "run" {
              source               = "../modules/scheduled-run"
              image                = "registry.example.org/provisioner@sha256:DIGEST"
              provisioner_role_arn = "arn:aws:iam::123456789012:role/provisioner"
              config_secret_arn    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:provisioner-AbCdEf"
              secret_environment   = { PHYSIONET_DB_PASSWORD = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf" }
              subnets              = ["subnet-1"]
              security_groups      = ["sg-1"]
              tags                 = { purpose = "access" }
            }
            """.replace("DIGEST", "0".repeat(64));
}
