package org.physionet.provisioner.app.month;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Response;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The logs that the simulated clouds delivered to their buckets, laid out as files: as they came, but for what got lost on the way (all of
 * one day, and one entry of a write of the engine's), and the same again shuffled, partly twice, and split otherwise.
 */
final class MonthLogs {
    private static final int FILES = 5;

    private final MonthSite site;
    private final MonthClouds clouds;
    private final String lostDay;
    private final String lostAmazonDay;
    private final List<String> google = new ArrayList<>();
    private final List<String> access = new ArrayList<>();
    private final List<String> trail = new ArrayList<>();

    MonthLogs(MonthSite site) {
        this.site = site;
        this.clouds = new MonthClouds(site);
        Instant lost = site.begin.plus(MonthStory.LOST_DAY, ChronoUnit.DAYS);
        lostDay = lost.toString().substring(0, 10);
        lostAmazonDay = DateTimeFormatter.ofPattern("dd/MMM/yyyy", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(lost);
    }

    /** @return how many lines and records there are */
    int lay() throws IOException {
        collectGoogle();
        collectAmazon();
        write("google", List.of(google));
        write("amazon/access", List.of(access));
        writeTrail("amazon/trail", List.of(trail));
        write("google2", dealt(google, 1));
        write("amazon2/access", dealt(access, 2));
        writeTrail("amazon2/trail", dealt(trail, 3));
        return google.size() + access.size() + trail.size();
    }

    private void collectGoogle() throws IOException {
        String token = null;
        do {
            JsonNode page = MonthSite.JSON.readTree(body("/storage/v1/b/" + MonthSite.LOGS + "/o"
                    + (token == null ? "" : "?pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8))));
            for (JsonNode item : page.path("items")) {
                String name = URLEncoder.encode(item.path("name").asText(), StandardCharsets.UTF_8);
                body("/storage/v1/b/" + MonthSite.LOGS + "/o/" + name + "?alt=media")
                        .lines()
                        .filter(line -> !isLost(line))
                        .forEach(google::add);
            }
            token = page.path("nextPageToken").isTextual()
                    ? page.path("nextPageToken").asText()
                    : null;
        } while (token != null);
    }

    /** Of the day that is lost, or the one entry: the engine lets person 14 in. */
    private boolean isLost(String line) {
        return line.contains("\"timestamp\":\"" + lostDay)
                || line.contains("AdminService.addGroupMember") && line.contains("\"" + MonthPeople.email(14) + "\"");
    }

    private String body(String path) {
        Response answer = clouds.google(null, "127.0.0.1", "GET", path, "");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void collectAmazon() throws IOException {
        try (S3Client s3 = clouds.s3("test", "test")) {
            for (var object :
                    s3.listObjectsV2Paginator(b -> b.bucket(MonthSite.LOGS)).contents()) {
                byte[] bytes = s3.getObjectAsBytes(b -> b.bucket(MonthSite.LOGS).key(object.key()))
                        .asByteArray();
                if (object.key().startsWith("s3/")) {
                    new String(bytes, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.contains("[" + lostAmazonDay))
                            .forEach(access::add);
                } else {
                    for (JsonNode event : MonthSite.JSON
                            .readTree(new GZIPInputStream(new ByteArrayInputStream(bytes)))
                            .path("Records")) {
                        if (!event.path("eventTime").asText().startsWith(lostDay)) {
                            trail.add(event.toString());
                        }
                    }
                }
            }
        }
    }

    private static List<List<String>> dealt(List<String> lines, int seed) {
        List<String> all = new ArrayList<>(lines);
        Random random = new Random(seed);
        lines.stream().filter(_ -> random.nextInt(5) == 0).forEach(all::add);
        Collections.shuffle(all, random);
        List<List<String>> hands = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            hands.add(new ArrayList<>());
        }
        all.forEach(line -> hands.get(random.nextInt(FILES)).add(line));
        return hands;
    }

    private void write(String folder, List<List<String>> files) throws IOException {
        Path into = Files.createDirectories(site.folder.resolve("logs").resolve(folder));
        for (int i = 0; i < files.size(); i++) {
            Files.write(into.resolve(i + ".log"), files.get(i));
        }
    }

    private void writeTrail(String folder, List<List<String>> files) throws IOException {
        Path into = Files.createDirectories(site.folder.resolve("logs").resolve(folder));
        for (int i = 0; i < files.size(); i++) {
            Files.writeString(into.resolve(i + ".json"), "{\"Records\":[" + String.join(",", files.get(i)) + "]}");
        }
    }

    /** The findings of a review, in its order, without where a record happens to lie; last the number of accesses. */
    List<String> review(String folder, String provider) throws IOException {
        String out = site.done("audit", "logs", "logs/" + folder, "--provider", provider, "--output", "ndjson")
                .out();
        List<String> rows = new ArrayList<>();
        for (String line : out.lines().toList()) {
            ObjectNode row = (ObjectNode) MonthSite.JSON.readTree(line);
            if (row.has("finding")) {
                ((ObjectNode) row.get("evidence")).remove(List.of("file", "line"));
                rows.add(row.toString());
            } else {
                rows.add("accesses " + row.at("/summary/accesses") + ", rejected " + row.at("/summary/rejected"));
            }
        }
        return rows;
    }

    static String inShort(String row) throws IOException {
        if (row.startsWith("accesses")) {
            return row;
        }
        JsonNode finding = MonthSite.JSON.readTree(row);
        return text(finding.get("finding")) + " " + text(finding.get("principal")) + " "
                + text(finding.get("researcher")) + " " + text(finding.get("resource"));
    }

    private static String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? "-" : node.asText();
    }
}
