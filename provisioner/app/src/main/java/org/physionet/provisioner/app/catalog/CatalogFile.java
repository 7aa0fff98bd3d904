package org.physionet.provisioner.app.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.catalog.CatalogEntry.Place;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.yaml.YamlFile;
import org.physionet.provisioner.app.yaml.YamlNode;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * The catalog file, read and checked by itself; whether its datasets exist is checked when it meets the source.
 *
 * @param mode of the site
 */
record CatalogFile(Path path, Mode mode, Map<DatasetId, CatalogEntry> entries) {
    /** No catalog: every dataset has the source's resources. */
    static final CatalogFile NONE = new CatalogFile(Path.of(""), Mode.ENFORCE, Map.of());

    private static final Set<String> SITE_KEYS = Set.of("mode", "datasets");
    private static final Set<String> DATASET_KEYS = Set.of("id", "mode", "keep", "resources");
    private static final Set<String> RESOURCE_KEYS = Set.of("layout", "mode", "keep", "admits", "sharedWith");

    static CatalogFile read(Path path, Kinds kinds) {
        YamlNode root = YamlFile.read(path, "catalog")
                .orElseThrow(() -> new UsageError(Problem.of("The catalog is empty")
                        .at(path.toString())
                        .expected("datasets: and a list, or datasets: [] if the source's resources are all there are")
                        .next("was it cut off while it was copied? restore it; nobody was granted or revoked")));
        return new Reader(path, kinds).read(root);
    }

    /** Collects problems over the whole file. */
    private static final class Reader {
        private final Path path;
        private final Kinds kinds;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<ResourceId, Integer> lines = new HashMap<>();

        Reader(Path path, Kinds kinds) {
            this.path = path;
            this.kinds = kinds;
        }

        CatalogFile read(YamlNode root) {
            Map<DatasetId, CatalogEntry> entries = new LinkedHashMap<>();
            Mode mode = Mode.ENFORCE;
            if (root instanceof YamlNode.Mapping mapping) {
                MapReader site = reader(mapping);
                site.refuseOthers(SITE_KEYS);
                mode = site.choice("mode", Mode.class).orElse(Mode.ENFORCE);
                if (!site.has("datasets")) {
                    problem("The catalog has no datasets", root.line(), "datasets: and a list", "a map without it");
                }
                site.items("datasets").orElse(List.of()).forEach(item -> add(item, entries));
            } else {
                problem("The catalog is not a map", root.line(), "mode: and datasets:", root.describe());
            }
            nested();
            if (!problems.isEmpty()) {
                throw new UsageError(problems);
            }
            return new CatalogFile(path, mode, entries);
        }

        private MapReader reader(YamlNode.Mapping mapping) {
            return new MapReader(path.toString(), mapping, problems);
        }

        private void problem(String what, int line, @Nullable String expected, @Nullable String found) {
            problems.add(Problem.of(what)
                    .at(path + ", line " + line)
                    .expected(expected)
                    .found(found));
        }

        private void add(YamlNode node, Map<DatasetId, CatalogEntry> entries) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                problem("A dataset of the catalog is not a map", node.line(), "id: slug/version", node.describe());
                return;
            }
            MapReader reader = reader(mapping);
            reader.refuseOthers(DATASET_KEYS);
            Optional<DatasetId> id = reader.text("id").flatMap(text -> dataset(reader, "id", text));
            if (id.isEmpty()) {
                if (!reader.has("id")) {
                    problem("A dataset of the catalog has no id", node.line(), "id: slug/version", "none");
                }
                return;
            }
            CatalogEntry entry = new CatalogEntry(
                    id.get(),
                    reader.choice("mode", Mode.class).orElse(null),
                    keep(reader),
                    places(reader),
                    node.line());
            CatalogEntry earlier = entries.putIfAbsent(id.get(), entry);
            if (earlier != null) {
                problem(
                        "The dataset " + id.get() + " is in the catalog twice",
                        node.line(),
                        "each dataset once",
                        "the first one in line " + earlier.line());
            }
        }

        private Optional<DatasetId> dataset(MapReader reader, String key, String text) {
            try {
                return Optional.of(DatasetId.parse(text));
            } catch (IllegalArgumentException e) {
                reader.wrong(key, "slug/version", "\"" + text + "\"");
                return Optional.empty();
            }
        }

        private SortedSet<Principal> keep(MapReader reader) {
            SortedSet<Principal> keep = new TreeSet<>();
            reader.texts("keep")
                    .forEach(text -> kinds.principal(text)
                            .ifPresentOrElse(
                                    keep::add,
                                    () -> reader.wrong("keep", "user:EMAIL, AIDA… or AROA…", "\"" + text + "\"")));
            return keep;
        }

        private @Nullable List<Place> places(MapReader reader) {
            if (isSource(reader)) {
                return null;
            }
            if (!reader.has("resources")) {
                reader.wrong(
                        "resources", "a list of its resources ([] for none), or: resources: source", "no such key");
                return List.of();
            }
            List<Place> places = new ArrayList<>();
            reader.items("resources").orElse(List.of()).forEach(node -> {
                if (node instanceof YamlNode.Mapping mapping) {
                    place(reader(mapping), node.line()).ifPresent(places::add);
                } else {
                    problem("A resource of the catalog is not a map", node.line(), "e.g. gcs: BUCKET", node.describe());
                }
            });
            return places;
        }

        private static boolean isSource(MapReader reader) {
            return reader.isText("resources")
                    && reader.text("resources").orElse("").equals("source");
        }

        private Optional<Place> place(MapReader reader, int line) {
            List<String> keys = kinds.keys().stream().filter(reader::has).toList();
            if (keys.size() != 1) {
                String expected = "exactly one of " + kinds.keys();
                problem(
                        "A resource of the catalog does not say where it is",
                        line,
                        expected,
                        keys.isEmpty() ? "none of them, but " + reader.keys() : String.join(" and ", keys));
                return Optional.empty();
            }
            String key = keys.getFirst();
            Kinds.Offer offer = kinds.ofKey(key).orElseThrow();
            Set<String> known = new HashSet<>(RESOURCE_KEYS);
            known.add(key);
            known.addAll(offer.kind().options());
            reader.refuseOthers(known);
            Optional<ResourceId> id = reader.text(key).flatMap(text -> location(reader, key, offer, text));
            Map<String, String> options = new TreeMap<>();
            offer.kind().options().forEach(o -> reader.text(o).ifPresent(value -> options.put(o, value)));
            boolean chosen = id.isPresent()
                    && reader.text("layout").filter(AutoLayouts.AUTO::equals).isPresent()
                    && AutoLayouts.offered(offer.kind(), id.get(), options);
            String layout = chosen ? AutoLayouts.AUTO : layout(reader, offer);
            if (!chosen) {
                check(reader, offer, layout, options);
            }
            SortedSet<DatasetId> sharedWith = new TreeSet<>();
            reader.texts("sharedWith")
                    .forEach(text -> dataset(reader, "sharedWith", text).ifPresent(sharedWith::add));
            return id.map(found -> {
                once(found, line);
                return new Place(
                        offer,
                        found,
                        layout,
                        options,
                        reader.choice("mode", Mode.class).orElse(null),
                        sharedWith,
                        reader.choice("admits", Resource.Admits.class).orElse(null),
                        keep(reader),
                        line);
            });
        }

        private static Optional<ResourceId> location(MapReader reader, String key, Kinds.Offer offer, String text) {
            try {
                return Optional.of(offer.kind().parse(text));
            } catch (IllegalArgumentException e) {
                reader.wrong(key, String.valueOf(e.getMessage()), "\"" + text + "\"");
                return Optional.empty();
            }
        }

        private static String layout(MapReader reader, Kinds.Offer offer) {
            List<String> layouts = offer.kind().layouts();
            String layout = reader.text("layout").orElse(layouts.getFirst());
            if (!layouts.contains(layout)) {
                reader.wrong(
                        "layout",
                        String.join(", ", layouts),
                        "\"" + layout + "\""
                                + Nearest.question(layout, layouts)
                                        .map(q -> " (" + q + ")")
                                        .orElse(""));
                return layouts.getFirst();
            }
            return layout;
        }

        private static void check(MapReader reader, Kinds.Offer offer, String layout, Map<String, String> options) {
            try {
                offer.kind().check(layout, options);
            } catch (IllegalArgumentException e) {
                reader.wrong("layout", String.valueOf(e.getMessage()), layout + " with " + options);
            }
        }

        private void once(ResourceId id, int line) {
            Integer earlier = lines.putIfAbsent(id, line);
            if (earlier != null) {
                problems.add(Problem.of("The resource " + id + " is in the catalog twice")
                        .at(path + ", line " + line)
                        .expected("each resource once")
                        .found("the first one in line " + earlier)
                        .next("where several datasets live in one resource, list it once, with "
                                + "sharedWith: [slug/version] for the others"));
            }
        }

        /** Whoever reads the outer prefix reads the inner one too, so two lists of people for them can not both hold. */
        private void nested() {
            List<ResourceId> ids = lines.keySet().stream().sorted().toList();
            for (int i = 0; i + 1 < ids.size(); i++) {
                String outer = ids.get(i).text();
                if (outer.endsWith("/") && ids.get(i + 1).text().startsWith(outer)) {
                    problem(
                            "One resource lies inside another",
                            lines.getOrDefault(ids.get(i + 1), 1),
                            "prefixes side by side",
                            ids.get(i + 1) + " inside " + outer);
                }
            }
        }
    }
}
