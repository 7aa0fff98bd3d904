package org.physionet.provisioner.app.month;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Response;
import software.amazon.awssdk.services.s3.S3Client;

/** Thirty days: everybody reads as they should, somebody else does one wrong thing of each kind, and the engine works. */
final class MonthStory {
    static final int DAYS = 30;
    /** Its logs are lost on the way. */
    static final int LOST_DAY = 26;

    private static final String BOSS = "boss@example.org";
    private static final String OFFICE = "10.200.0.1";
    private static final int OBJECTS = 4;

    private final MonthSite site;
    private final MonthClouds clouds;
    private final Map<Integer, String> points = new HashMap<>();

    MonthStory(MonthSite site) {
        this.site = site;
        this.clouds = new MonthClouds(site);
    }

    void play() throws Exception {
        site.at(0, Duration.ofHours(1));
        read(15, MonthSite.OLD_BUCKET, "a.csv");
        site.at(0, Duration.ofHours(2));
        // The old bucket has readers already: it is observed until it is adopted.
        site.program.run("run", "--yes");
        site.done("adopt", "gs://" + MonthSite.OLD_BUCKET, "--yes");
        findPoints();
        for (int day = 0; day < DAYS; day++) {
            site.at(day, Duration.ofHours(9));
            asTheyShould(day);
            site.at(day, Duration.ofHours(12));
            part(day);
            site.at(day, Duration.ofHours(23));
            clouds.google(null, OFFICE, "GET", "/storage/v1/b/" + MonthSite.LOGS, "");
        }
        // What is late arrives.
        site.at(DAYS, Duration.ofHours(12));
        clouds.google(null, OFFICE, "GET", "/storage/v1/b/" + MonthSite.LOGS, "");
        clouds.readS3("test", OFFICE, MonthSite.LOGS, "nothing");
    }

    private static String ip(int person) {
        return "10." + person / 250 % 100 + "." + person % 250 + ".7";
    }

    private void read(int person, String bucket, String object) {
        assertThat(clouds.readObject(MonthPeople.email(person), ip(person), bucket, object))
                .as("person " + person + " at " + bucket)
                .isEqualTo(200);
    }

    /** Where each of Amazon's people reads: a person's key is known to one access point. */
    private void findPoints() {
        JsonNode points = site.server.simulator().state().at("/aws/accounts/111122223333/accessPoints");
        for (JsonNode point : points) {
            String policy = point.path("policy").toString();
            for (int person = 1; person <= site.people.count(); person++) {
                if (MonthPeople.hasAmazon(person) && policy.contains(MonthPeople.amazonId(person))) {
                    this.points.put(person, point.path("alias").asText());
                }
            }
        }
    }

    private void readPoint(int person) {
        assertThat(clouds.readS3(
                        MonthPeople.key(person), ip(person), String.valueOf(points.get(person)), "xray/2.0/a.png"))
                .as("person " + person)
                .isEqualTo(200);
    }

    private void asTheyShould(int day) {
        for (int person : site.people.regular()) {
            if (!MonthPeople.readsOn(person, day)) {
                continue;
            }
            for (int i = 0; i < OBJECTS; i++) {
                read(person, MonthSite.BUCKET, i % 2 == 0 ? "a.csv" : "b.csv");
            }
            if (MonthPeople.readsNotes(person)) {
                assertThat(clouds.readTable(MonthPeople.email(person), ip(person)))
                        .isEqualTo(200);
            }
            if (MonthPeople.hasAmazon(person)) {
                readPoint(person);
            }
        }
    }

    private void part(int day) throws Exception {
        switch (day) {
            case 3 -> theBossOpensDoors();
            case 4 -> theBossSharesTables();
            case 5 -> read(3, MonthSite.BUCKET, "a.csv");
            case 6 -> theEnginesIdentityIsUsedBesideTheEngine();
            case 8 -> {
                site.done("revoke", "2", MonthPeople.WAVES, "--reason", "left", "--yes");
                site.done("revoke", "17", MonthPeople.XRAY, "--reason", "left", "--yes");
            }
            case 10 -> theBossEditsTheGroup();
            case 12 -> manyThings();
            case 15 -> {
                site.signed(true);
                site.program.run("run", "--yes");
            }
            case 20 -> {
                for (int person : List.of(3, 13, 14)) {
                    read(person, MonthSite.BUCKET, "a.csv");
                }
                loggingIsOffForAnHour();
            }
            case 22 -> site.done("revoke", "20", MonthPeople.WAVES, "--reason", "left", "--yes");
            default -> {
                // A day like any other.
            }
        }
    }

    private ObjectNode json(Response answer) throws Exception {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(text).isBetween(200, 299);
        return text.isEmpty() ? MonthSite.JSON.createObjectNode() : (ObjectNode) MonthSite.JSON.readTree(text);
    }

    private ObjectNode boss(String method, String path, String body) throws Exception {
        return json(clouds.google(BOSS, OFFICE, method, path, body));
    }

    private void theBossOpensDoors() throws Exception {
        String path = "/storage/v1/b/" + MonthSite.BUCKET + "/iam";
        ObjectNode policy = boss("GET", path + "?optionsRequestedPolicyVersion=3", "");
        ArrayNode members = policy.withArrayProperty("bindings")
                .addObject()
                .put("role", "roles/storage.objectAdmin")
                .putArray("members");
        for (int person : List.of(1, 2, 3)) {
            members.add("user:" + MonthPeople.email(person));
        }
        members.add("user:stranger@nowhere.test").add("serviceAccount:robot@p9.iam.gserviceaccount.com");
        boss("PUT", path, policy.toString());
        try (S3Client s3 = clouds.s3(MonthSite.BOSS_KEY, "secret")) {
            ObjectNode bucket = (ObjectNode) MonthSite.JSON.readTree(
                    s3.getBucketPolicy(b -> b.bucket(MonthSite.FOLDER)).policy());
            ArrayNode statements = (ArrayNode) bucket.get("Statement");
            statements
                    .addObject()
                    .put("Sid", "Some")
                    .put("Effect", "Allow")
                    .put("Action", "s3:GetObject")
                    .put("Resource", "arn:aws:s3:::" + MonthSite.FOLDER + "/*")
                    .putObject("Principal")
                    .putArray("AWS")
                    .add(MonthPeople.arn(16))
                    .add(MonthPeople.arn(17))
                    .add(MonthSite.STRANGER_ARN);
            statements
                    .addObject()
                    .put("Sid", "All")
                    .put("Effect", "Allow")
                    .put("Action", "s3:GetObject")
                    .put("Resource", "arn:aws:s3:::" + MonthSite.FOLDER + "/xray/2.0/open.txt")
                    .put("Principal", "*");
            s3.putBucketPolicy(b -> b.bucket(MonthSite.FOLDER).policy(bucket.toString()));
        }
    }

    private void theBossSharesTables() throws Exception {
        String path = "/bigquery/v2/projects/month-project/datasets/notes_1_0?accessPolicyVersion=3";
        ObjectNode dataset = boss("GET", path, "");
        ArrayNode access = dataset.withArrayProperty("access");
        access.addObject().put("role", "READER").put("groupByEmail", "team@example.org");
        boss("PATCH", path, "{\"access\":" + access + "}");
    }

    private void theEnginesIdentityIsUsedBesideTheEngine() throws Exception {
        String path = "/storage/v1/b/" + MonthSite.BUCKET + "/iam";
        ObjectNode policy = json(clouds.google(null, OFFICE, "GET", path + "?optionsRequestedPolicyVersion=3", ""));
        json(clouds.google(null, OFFICE, "PUT", path, policy.toString()));
        try (S3Client s3 = clouds.s3("test", "test")) {
            String same = s3.getBucketPolicy(b -> b.bucket(MonthSite.FOLDER)).policy();
            s3.putBucketPolicy(b -> b.bucket(MonthSite.FOLDER).policy(same));
        }
    }

    private void theBossEditsTheGroup() throws Exception {
        String members = "/admin/directory/v1/groups/" + MonthSite.GROUP + "/members";
        boss("POST", members, "{\"email\":\"intruder@nowhere.test\",\"role\":\"MEMBER\"}");
        boss("DELETE", members + "/" + MonthPeople.email(13), "");
        assertThat(clouds.readObject(MonthPeople.email(13), ip(13), MonthSite.BUCKET, "a.csv"))
                .isEqualTo(403);
    }

    private void manyThings() {
        for (int person : List.of(1, 2, 4, 5, 10, 19, 20)) {
            read(person, MonthSite.BUCKET, "a.csv");
        }
        read(15, MonthSite.OLD_BUCKET, "a.csv");
        clouds.readTable(MonthPeople.email(18), ip(18));
        assertThat(clouds.readObject("stranger@nowhere.test", OFFICE, MonthSite.BUCKET, "a.csv"))
                .isEqualTo(200);
        assertThat(clouds.readObject("robot@p9.iam.gserviceaccount.com", OFFICE, MonthSite.BUCKET, "a.csv"))
                .isEqualTo(200);
        assertThat(clouds.readObject(MonthPeople.email(6), "203.0.113.9", MonthSite.BUCKET, "a.csv"))
                .isEqualTo(200);
        for (int i = 0; i < 60; i++) {
            read(8, MonthSite.BUCKET, "a.csv");
        }
        for (int network = 1; network <= 6; network++) {
            assertThat(clouds.readObject(MonthPeople.email(9), "10." + network + ".0.9", MonthSite.BUCKET, "a.csv"))
                    .isEqualTo(200);
        }
        readPoint(16);
        for (String key : List.of(MonthPeople.key(16), MonthPeople.key(17), MonthSite.STRANGER_KEY)) {
            assertThat(clouds.readS3(key, OFFICE, MonthSite.FOLDER, "xray/2.0/a.png"))
                    .as(key)
                    .isEqualTo(200);
        }
        assertThat(clouds.readS3(null, OFFICE, MonthSite.FOLDER, "xray/2.0/open.txt"))
                .isEqualTo(200);
        read(7, MonthSite.BUCKET, "a.csv");
        site.at(12, Duration.ofHours(13));
        assertThat(clouds.readObject(MonthPeople.email(7), "198.18.0.7", MonthSite.BUCKET, "a.csv"))
                .isEqualTo(200);
    }

    private void loggingIsOffForAnHour() throws Exception {
        String owner = "{\"bindings\":[{\"role\":\"roles/owner\",\"members\":[\"user:" + BOSS + "\"]}]";
        String on =
                ",\"auditConfigs\":[{\"service\":\"storage.googleapis.com\",\"auditLogConfigs\":[{\"logType\":\"DATA_READ\"}]}]";
        String path = "/v3/projects/month-project:setIamPolicy";
        boss("POST", path, "{\"updateMask\":\"bindings,auditConfigs\",\"policy\":" + owner + "}}");
        try (S3Client s3 = clouds.s3(MonthSite.BOSS_KEY, "secret")) {
            s3.putBucketLogging(b -> b.bucket(MonthSite.FOLDER).bucketLoggingStatus(status -> {}));
            read(19, MonthSite.BUCKET, "a.csv");
            site.at(20, Duration.ofHours(13));
            s3.putBucketLogging(b -> b.bucket(MonthSite.FOLDER)
                    .bucketLoggingStatus(status -> status.loggingEnabled(
                            to -> to.targetBucket(MonthSite.LOGS).targetPrefix("s3/"))));
        }
        boss("POST", path, "{\"updateMask\":\"bindings,auditConfigs\",\"policy\":" + owner + on + "}}");
    }
}
