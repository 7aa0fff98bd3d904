package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.Json;

/** The stock {@code aws} command line as a witness (recipes: facts/aws.md B2, A3.2b). */
class AwsCommandLineTest {
    @TempDir
    private Path folder = Path.of("");

    private AwsWorld world = AwsWorld.open();
    private Tool direct = Tool.orSkip("aws", Path.of("."));
    private Tool proxied = direct;

    @BeforeEach
    void tools() {
        direct = aws("test", "test").with("AWS_ENDPOINT_URL", world.url().toString());
        proxied = aws("test", "test").with("HTTP_PROXY", world.url().toString());
    }

    private Tool aws(String key, String secret) {
        return Tool.orSkip("aws", folder)
                .with("AWS_ACCESS_KEY_ID", key)
                .with("AWS_SECRET_ACCESS_KEY", secret)
                .with("AWS_DEFAULT_REGION", "us-east-1")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_CONFIG_FILE", "/dev/null")
                .with("AWS_MAX_ATTEMPTS", "1");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String ok(Tool.Result result) {
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output();
    }

    private static JsonNode json(Tool.Result result) {
        return Json.parse(ok(result));
    }

    @Test
    void aDatasetIsMadeSharedReadAndTakenAwayAgain() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "id,value\n1,2\n");
        Files.writeString(folder.resolve("delegation.json"), AwsWorld.delegation(AwsWorld.BUCKET));
        ok(direct.run("s3", "mb", "s3://data-one"));
        ok(direct.run("s3", "cp", "a.csv", "s3://data-one/mimiciv/3.1/a.csv"));
        assertThat(ok(direct.run("s3", "ls", "s3://data-one/mimiciv/3.1/"))).contains("a.csv");
        ok(direct.run("s3api", "put-bucket-policy", "--bucket", "data-one", "--policy", "file://delegation.json"));
        JsonNode user = json(direct.run("iam", "create-user", "--user-name", "ada"));
        String id = user.at("/User/UserId").asText();
        JsonNode key = json(direct.run("iam", "create-access-key", "--user-name", "ada"))
                .get("AccessKey");
        String control = "http://s3-control.us-east-1.amazonaws.com";
        ok(proxied.run(
                "--endpoint-url",
                control,
                "s3control",
                "create-access-point",
                "--account-id",
                AwsWorld.ACCOUNT,
                "--name",
                "shard-01",
                "--bucket",
                "data-one"));
        Files.writeString(folder.resolve("shard.json"), AwsWorld.shard("shard-01", "mimiciv/3.1/", id));
        ok(proxied.run(
                "--endpoint-url",
                control,
                "s3control",
                "put-access-point-policy",
                "--account-id",
                AwsWorld.ACCOUNT,
                "--name",
                "shard-01",
                "--policy",
                "file://shard.json"));
        assertThat(json(proxied.run(
                                "--endpoint-url",
                                control,
                                "s3control",
                                "get-access-point-policy-status",
                                "--account-id",
                                AwsWorld.ACCOUNT,
                                "--name",
                                "shard-01"))
                        .at("/PolicyStatus/IsPublic")
                        .asBoolean(true))
                .isFalse();
        JsonNode listed = json(proxied.run(
                "--endpoint-url",
                control,
                "s3control",
                "list-access-points",
                "--account-id",
                AwsWorld.ACCOUNT,
                "--bucket",
                "data-one"));
        String alias = listed.at("/AccessPointList/0/Alias").asText();

        ok(
                direct.run(
                        "iam",
                        "put-user-policy",
                        "--user-name",
                        "ada",
                        "--policy-name",
                        "read",
                        "--policy-document",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetBucketLocation\",\"Resource\":\"*\"}]}"));
        JsonNode simulated = json(direct.run(
                "iam",
                "simulate-principal-policy",
                "--policy-source-arn",
                "arn:aws:iam::" + AwsWorld.ACCOUNT + ":user/ada",
                "--action-names",
                "s3:GetBucketLocation",
                "s3:PutBucketPolicy",
                "--resource-arns",
                "arn:aws:s3:::data-one"));
        assertThat(simulated.findValuesAsText("EvalDecision")).containsExactly("allowed", "implicitDeny");

        Tool ada = aws(
                        key.get("AccessKeyId").asText(),
                        key.get("SecretAccessKey").asText())
                .with("AWS_ENDPOINT_URL", world.url().toString());
        ok(ada.run("s3", "cp", "s3://" + alias + "/mimiciv/3.1/a.csv", "copy.csv"));
        assertThat(folder.resolve("copy.csv")).hasContent("id,value\n1,2\n");
        Tool adaByName = aws(
                        key.get("AccessKeyId").asText(),
                        key.get("SecretAccessKey").asText())
                .with("HTTP_PROXY", world.url().toString())
                .with("AWS_ENDPOINT_URL", "http://s3-accesspoint.us-east-1.amazonaws.com");
        ok(adaByName.run("s3", "cp", "s3://" + AwsWorld.arn("shard-01") + "/mimiciv/3.1/a.csv", "by-arn.csv"));
        assertThat(folder.resolve("by-arn.csv")).hasContent("id,value\n1,2\n");

        ok(proxied.run(
                "--endpoint-url",
                control,
                "s3control",
                "delete-access-point-policy",
                "--account-id",
                AwsWorld.ACCOUNT,
                "--name",
                "shard-01"));
        Tool.Result refused = ada.run("s3", "cp", "s3://" + alias + "/mimiciv/3.1/a.csv", "again.csv");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output()).contains("403");
    }

    @Test
    void aMalformedPolicyIsToldAsAmazonTellsIt() throws IOException {
        ok(direct.run("s3", "mb", "s3://data-one"));
        Files.writeString(
                folder.resolve("bad.json"),
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":"
                        + "\"arn:aws:iam::444455556666:user/*\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::data-one/*\"}]}");
        Tool.Result refused =
                direct.run("s3api", "put-bucket-policy", "--bucket", "data-one", "--policy", "file://bad.json");
        assertThat(refused.output())
                .contains(
                        "An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Invalid principal in policy");
    }

    @Test
    void theCallerIsKnownAndPresignedLinksWork() throws IOException {
        assertThat(json(direct.run("sts", "get-caller-identity")).get("Account").asText())
                .isEqualTo(AwsWorld.ACCOUNT);
        ok(direct.run("s3", "mb", "s3://data-one"));
        Files.writeString(folder.resolve("a.csv"), "x");
        ok(direct.run("s3", "cp", "a.csv", "s3://data-one/a.csv"));
        assertThat(world.live().send("GET", link(direct), "").body())
                .as("links of signature version 2 are refused for buckets made after June 2020")
                .contains("Please use AWS4-HMAC-SHA256");
        Files.writeString(folder.resolve("config"), "[default]\ns3 =\n  signature_version = s3v4\n");
        Tool modern = aws("test", "test")
                .with("AWS_ENDPOINT_URL", world.url().toString())
                .with("AWS_CONFIG_FILE", folder.resolve("config").toString());
        assertThat(world.live().send("GET", link(modern), "").body()).isEqualTo("x");
    }

    private String link(Tool aws) {
        String link = ok(aws.run("s3", "presign", "s3://data-one/a.csv")).strip();
        return link.substring(world.url().toString().length());
    }
}
