package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Terraform in a folder, with Amazon's provider from the mirror that {@code TF_PLUGIN_MIRROR} names (recipe: facts/aws.md B3). */
final class Terraform {
    private final Tool tool;

    private Terraform(Tool tool) {
        this.tool = tool;
    }

    /** Skips the test if Terraform or the mirror is missing. Access points are reached through the world as a proxy. */
    static Terraform orSkip(AwsWorld world, Path folder) throws IOException {
        Terraform terraform = orSkip(folder);
        terraform.tool.with("HTTP_PROXY", world.url().toString()).with("NO_PROXY", "127.0.0.1,localhost");
        return terraform;
    }

    /** Skips the test if Terraform or the mirror is missing. */
    static Terraform orSkip(Path folder) throws IOException {
        String mirror = System.getenv("TF_PLUGIN_MIRROR");
        assumeTrue(mirror != null, "TF_PLUGIN_MIRROR names no provider mirror: this witness is skipped");
        Path settings = folder.resolve("cli.tfrc");
        Files.writeString(settings, """
                provider_installation {
                  filesystem_mirror {
                    path    = "%s"
                    include = ["hashicorp/*"]
                  }
                }
                """.formatted(mirror));
        return new Terraform(Tool.orSkip("terraform", folder)
                .with("TF_CLI_CONFIG_FILE", settings.toString())
                .with("CHECKPOINT_DISABLE", "1")
                .with("AWS_EC2_METADATA_DISABLED", "true"));
    }

    /** The provider, pointed at a world, as its administrator. */
    static String provider(AwsWorld world) {
        return """
                terraform {
                  required_providers {
                    aws = {
                      source = "hashicorp/aws"
                    }
                  }
                }
                """ + provider(world, "", "test", "test");
    }

    /** Another account's view of the same world, under a name of its own. */
    static String provider(AwsWorld world, String alias, String key, String secret) {
        return """
                provider "aws" {
                  ALIAS
                  region                      = "us-east-1"
                  access_key                  = "KEY"
                  secret_key                  = "SECRET"
                  skip_credentials_validation = true
                  skip_metadata_api_check     = true
                  skip_region_validation      = true
                  s3_use_path_style           = true
                  endpoints {
                    s3            = "BASE"
                    iam           = "BASE"
                    sts           = "BASE"
                    cloudtrail    = "BASE"
                    organizations = "BASE"
                    s3control     = "http://s3-control.us-east-1.amazonaws.com"
                  }
                }
                """.replace("ALIAS", alias.isEmpty() ? "" : "alias = \"" + alias + "\"")
                .replace("KEY", key)
                .replace("SECRET", secret)
                .replace("BASE", world.url().toString());
    }

    void init() {
        ok("init", "-no-color", "-input=false");
    }

    void validate() {
        ok("validate", "-no-color");
    }

    void apply() {
        ok("apply", "-no-color", "-input=false", "-auto-approve");
    }

    void destroy() {
        ok("destroy", "-no-color", "-input=false", "-auto-approve");
    }

    void assertNothingToChange() {
        Tool.Result plan = tool.run("plan", "-no-color", "-input=false", "-detailed-exitcode");
        assertThat(plan.exit()).as(plan.output()).isZero();
    }

    private void ok(String... arguments) {
        Tool.Result result = tool.run(arguments);
        assertThat(result.exit()).as(result.output()).isZero();
    }
}
