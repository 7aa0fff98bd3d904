package org.physionet.provisioner.app.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** The site's folder and its simulated clouds, whose clock is the site's. */
final class MonthSite implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String BUCKET = "waves-1.0.example.org";
    static final String GROUP = "waves-1.0@example.org";
    static final String OLD_BUCKET = "old-1.0.example.org";
    static final String TABLES = "month-project.notes_1_0";
    static final String FOLDER = "month-data";
    static final String LOGS = "month-logs";
    static final String ENGINE = "administrator@simulator.iam.gserviceaccount.com";
    static final String AWS_ENGINE = "arn:aws:iam::111122223333:user/administrator";
    static final String BOSS_KEY = "AKIABOSSBOSSBOSS";
    static final String STRANGER_KEY = "AKIASTRANGER0001";
    static final String STRANGER_ARN = "arn:aws:iam::999900001111:user/stranger";
    private static final String SINK = "serviceAccount:sink@month-project.iam.gserviceaccount.com";

    final Path folder;
    final MonthPeople people;
    final SimulatorServer server;
    final Program program;
    final Instant begin;

    MonthSite(Path folder, int count) throws IOException {
        this.folder = folder;
        this.people = new MonthPeople(count);
        server = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
        begin = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        program = new Program(folder)
                .at(() -> server.simulator().clock().instant().truncatedTo(ChronoUnit.MICROS));
        server.simulator().load(world());
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(folder.resolve("site/datasets.yaml"), """
                datasets:
                  - {id: waves/1.0, title: Waves, policy: restricted}
                  - {id: notes/1.0, title: Notes, policy: restricted}
                  - {id: xray/2.0, title: X-rays, policy: restricted}
                  - {id: old/1.0, title: Old, policy: restricted}
                """);
        Files.writeString(folder.resolve("catalog.yaml"), """
                datasets:
                  - id: waves/1.0
                    resources: [{gcs: %s, layout: group, group: %s}]
                  - id: notes/1.0
                    resources: [{bigquery: %s}]
                  - id: xray/2.0
                    resources: [{s3: %s/xray/2.0/}]
                  - id: old/1.0
                    resources: [{gcs: %s}]
                """.formatted(BUCKET, GROUP, TABLES, FOLDER, OLD_BUCKET));
        Files.writeString(folder.resolve("blocked.txt"), "203.0.113.0/24 Nowhere\n");
        Files.writeString(
                folder.resolve("places.txt"), "10.0.0.0/8 42.36 -71.06 Boston\n198.18.0.0/15 35.68 139.69 Tokyo\n");
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source: {type: files, path: site}
                catalog: catalog.yaml
                gcp: {project: month-project, credentials: none, endpoint: "%1$s"}
                aws: {account: "111122223333", region: us-east-1, credentials: static, accessKey: test,
                  secretKey: test, endpoint: "%1$s"}
                audit: {engine: "%2$s %3$s", volumeRequests: 50, volumeFactor: 5, unusedDays: 25, sharedNetworks: 5,
                  blockedRanges: blocked.txt, places: places.txt}
                """.formatted(server.address(), ENGINE, AWS_ENGINE));
        signed(false);
    }

    /** Writes the source anew. */
    void signed(boolean later) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int person = 1; person <= people.count(); person++) {
            lines.add(people.line(person, later));
        }
        Files.write(folder.resolve("site/researchers.ndjson"), lines);
    }

    private ObjectNode world() throws IOException {
        ObjectNode world = (ObjectNode) JSON.readTree("""
                {"gcp":{"workspaceAdmins":["boss@example.org"],"logging":{"delivery":"PT5S","ownDomains":["example.org"],
                    "sinks":[{"name":"all","parent":"organizations/7","bucket":"%1$s","writer":"%2$s","lag":"PT10M"}]},
                  "projects":[{"name":"organizations/7"},{"name":"projects/month-project","ancestors":["organizations/7"],
                    "iam":{"bindings":[{"role":"roles/owner","members":["user:boss@example.org"]}],"auditConfigs":[
                      {"service":"storage.googleapis.com","auditLogConfigs":[{"logType":"DATA_READ"}]}]}}],
                  "buckets":[
                    {"name":"%1$s","project":"log-project","iam":{"bindings":[{"role":"roles/storage.objectCreator","members":["%2$s"]}]}},
                    {"name":"%3$s","project":"month-project","objects":[{"name":"a.csv","text":"a,b"},{"name":"b.csv","text":"c,d"}]},
                    {"name":"%4$s","project":"month-project","objects":[{"name":"a.csv","text":"a,b"}],"iam":{"bindings":[
                      {"role":"roles/storage.objectViewer","members":["user:p15@example.org"]}]}}],
                  "datasets":[{"project":"month-project","id":"notes_1_0","tables":[{"id":"t",
                    "metadata":{"schema":{"fields":[{"name":"a","type":"STRING"}]}},"rows":[{"a":"1"}]}]}]},
                 "aws":{"buckets":[{"name":"%5$s","publicAccessBlock":{"blockPublicAcls":true,"ignorePublicAcls":true,"blockPublicPolicy":false,"restrictPublicBuckets":false},
                      "configurations":{"logging":"<BucketLoggingStatus><LoggingEnabled><TargetBucket>%1$s</TargetBucket><TargetPrefix>s3/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>"},
                      "policy":{"Version":"2012-10-17","Statement":[{"Sid":"Delegate","Effect":"Allow","Principal":"*",
                        "Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::%5$s","arn:aws:s3:::%5$s/*"],
                        "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}}]},
                      "objects":[{"key":"xray/2.0/a.png","text":"image"},{"key":"xray/2.0/open.txt","text":"open"}]},
                    {"name":"%1$s","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                      "Principal":{"Service":["logging.s3.amazonaws.com","cloudtrail.amazonaws.com"]},"Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/*"}]}}],
                  "trails":[{"name":"all","bucket":"%1$s","prefix":"trail","dataEvents":["arn:aws:s3:::%5$s/"]}]}}
                """.formatted(LOGS, SINK, BUCKET, OLD_BUCKET, FOLDER));
        ObjectNode accounts = world.withObject("/aws/accounts");
        user(accounts, "111122223333", "arn:aws:iam::111122223333:user/boss", "AIDABOSSBOSSBOSSBOSS", BOSS_KEY)
                .putObject("policies")
                .put(
                        "all",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
        user(accounts, "999900001111", STRANGER_ARN, "AIDASTRANGERSTRANGER", STRANGER_KEY);
        for (int person = 1; person <= people.count(); person++) {
            if (MonthPeople.hasAmazon(person)) {
                user(
                        accounts,
                        MonthPeople.amazonAccount(person),
                        MonthPeople.arn(person),
                        MonthPeople.amazonId(person),
                        MonthPeople.key(person));
            }
        }
        return world;
    }

    private static ObjectNode user(ObjectNode accounts, String account, String arn, String id, String key) {
        ObjectNode user = accounts.withObject("/" + account).withArray("/users").addObject();
        user.put("arn", arn)
                .put("id", id)
                .putArray("keys")
                .addObject()
                .put("id", key)
                .put("secret", "secret");
        return user;
    }

    /** Moves every clock. */
    void at(int day, Duration since) {
        server.simulator().clock().set(begin.plus(day, ChronoUnit.DAYS).plus(since));
    }

    Program.Result done(String... args) {
        Program.Result result = program.run(args);
        assertThat(result.code())
                .as(String.join(" ", args) + "\n" + result.err() + (result.code() == 0 ? "" : result.out()))
                .isZero();
        return result;
    }

    @Override
    public void close() {
        server.close();
    }
}
