package org.physionet.provisioner.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Markdown file of the documentation. */
record Page(Path file, List<String> lines) {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALL = Pattern.compile("(?:^|[\\s/])provisioner ((?:(?!\\|\\||\\||&&|;|#| {3}).)*)");

    /** README, CONTRIBUTING and everything under provisioner/docs. */
    static List<Page> all() throws IOException {
        Path checkout = Path.of("").toAbsolutePath();
        while (!Files.exists(checkout.resolve("CONTRIBUTING.md"))) {
            checkout = checkout.getParent();
        }
        List<Path> files = new ArrayList<>(List.of(checkout.resolve("README.md"), checkout.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(checkout.resolve("provisioner/docs"))) {
            docs.filter(f -> f.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<Page> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(new Page(file, Files.readAllLines(file)));
        }
        return pages;
    }

    /** Targets of links within the checkout, without their anchors. */
    List<Path> links() {
        List<Path> targets = new ArrayList<>();
        for (String line : lines) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                String target = link.group(1).replaceAll("#.*", "");
                if (!target.isEmpty() && !target.contains("://")) {
                    targets.add(file.resolveSibling(target).normalize());
                }
            }
        }
        return targets;
    }

    /** The words after "provisioner" wherever it is called: in code blocks, and between backticks in prose. */
    List<List<String>> calls() {
        List<List<String>> calls = new ArrayList<>();
        boolean fenced = false;
        String begun = "";
        for (String line : lines) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (fenced || line.startsWith("    ") || line.startsWith("*/")) {
                String whole = begun + line.strip();
                begun = whole.endsWith("\\") ? whole.substring(0, whole.length() - 1) : "";
                if (begun.isEmpty()) {
                    add(whole, calls);
                }
            } else {
                CODE.matcher(line).results().forEach(code -> add(code.group(1), calls));
            }
        }
        return calls;
    }

    private static void add(String code, List<List<String>> calls) {
        Matcher call = CALL.matcher(code.replaceAll("\"[^\"]*\"", "TEXT"));
        while (call.find()) {
            calls.add(List.of(call.group(1).strip().split("\\s+")));
        }
    }
}
