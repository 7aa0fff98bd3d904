package org.physionet.provisioner.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.audit.review.AddressRange;
import org.physionet.provisioner.audit.review.Code;
import org.physionet.provisioner.audit.review.PlaceRange;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.SourceProvider;
import org.physionet.provisioner.store.StoreConfig;

/**
 * Turns texts into what they mean.
 *
 * @param values by full key, defaults filled in
 * @param raw the same with their places, for messages
 * @param problems what is wrong is added here, and a default taken
 */
record ConfigurationValues(
        Map<String, String> values, Map<String, RawValues.Value> raw, Path base, List<Problem> problems) {

    /** Bytes of a list of ranges. */
    private static final long LARGEST_LIST = 64L << 20;

    private static final int LONGEST_LINE = 10_000;

    Configuration build(
            @Nullable Path file,
            String sourceType,
            Optional<SourceProvider> source,
            Collection<AdapterProvider> adapters,
            List<String> notices) {
        SortedMap<String, Settings> sections = new TreeMap<>();
        adapters.forEach(a -> sections.put(
                a.provider(),
                section(a.provider(), a.settings().stream().map(Setting::key).toList())));
        Settings sourceSection = section(
                "source",
                source.map(SourceProvider::settings).orElse(List.of()).stream()
                        .map(Setting::key)
                        .toList());
        return new Configuration(
                file,
                sourceType,
                sourceSection,
                catalog(),
                base.resolve(value("dataDir", ".provisioner")).normalize(),
                section("store", StoreConfig.SETTINGS.stream().map(Setting::key).toList()),
                rules(),
                limits(),
                choice("guards.secondPerson", "false", "true").equals("true"),
                duration("schedule.reconcile", "15m"),
                duration("alerts.revocationOverdueAfter", value("schedule.reconcile", "15m")),
                serve(),
                ledger(),
                new AuditSettings(audit(), number("audit.publicMinimum", 10, Integer.MAX_VALUE), elsewhere()),
                sections,
                notices);
    }

    private Settings section(String name, List<String> keys) {
        Map<String, String> own = new TreeMap<>();
        keys.forEach(key -> {
            String value = values.get(name + "." + key);
            if (value != null) {
                own.put(key, value);
            }
        });
        return new Settings(name, own, base);
    }

    private String value(String key, String fallback) {
        return values.getOrDefault(key, fallback);
    }

    private @Nullable Path catalog() {
        String named = values.get("catalog");
        Path file = base.resolve(named == null ? "catalog.yaml" : named).normalize();
        return named != null || Files.exists(file) ? file : null;
    }

    private EligibilityRules rules() {
        boolean ignore =
                choice("eligibility.downloadsDisabled", "deny", "ignore").equals("ignore");
        boolean allow = choice("eligibility.regions.unknown", "deny", "allow").equals("allow");
        SortedSet<String> blocked = new TreeSet<>();
        Arrays.stream(value("eligibility.regions.blocked", "").split("[,\\s]+"))
                .filter(code -> !code.isEmpty())
                .map(code -> code.toUpperCase(Locale.ROOT))
                .forEach(blocked::add);
        blocked.stream()
                .filter(code -> !code.matches("[A-Z]{2}"))
                .forEach(code -> wrong("eligibility.regions.blocked", "two letters for each country (ISO 3166)", code));
        return new EligibilityRules(ignore, blocked, allow);
    }

    private GuardLimits limits() {
        GuardLimits usual = GuardLimits.DEFAULT;
        return new GuardLimits(
                number("guards.maxRevocations", usual.maxRevocations(), Integer.MAX_VALUE),
                number("guards.maxRevocationPercent", usual.maxRevocationPercent(), 100),
                number("guards.maxAdmissions", usual.maxAdmissions(), Integer.MAX_VALUE),
                number("guards.maxShrinkPercent", usual.maxShrinkPercent(), 100),
                number("guards.maxUnreadablePercent", usual.maxUnreadablePercent(), 100));
    }

    private ServeSettings serve() {
        String address = value("serve.address", "127.0.0.1");
        if (!address.equals("localhost") && !address.equals("::1") && !address.matches("127(\\.\\d{1,3}){3}")) {
            wrong(
                    "serve.address",
                    "an address of this machine alone, since nobody has to sign in: 127.0.0.1 or ::1",
                    address);
        }
        int port = number("serve.port", 8080, Integer.MAX_VALUE);
        if (port > 65_535) {
            wrong("serve.port", "a port, 1 to 65535, or 0 for any", Integer.toString(port));
        }
        return new ServeSettings(address, port);
    }

    private Rules audit() {
        Rules usual = Rules.DEFAULT;
        List<AddressRange> ranges = lines("audit.blockedRanges", AddressRange::parse);
        List<PlaceRange> places = lines("audit.places", PlaceRange::parse);
        Set<Code> off = EnumSet.noneOf(Code.class);
        for (String name : list("audit.off")) {
            Arrays.stream(Code.values())
                    .filter(code -> code.text().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            off::add,
                            () -> wrong(
                                    "audit.off",
                                    Arrays.stream(Code.values()).map(Code::text).collect(Collectors.joining(", ")),
                                    name));
        }
        return new Rules(
                list("audit.engine"),
                list("audit.known"),
                number("audit.volumeFactor", usual.volumeFactor(), Integer.MAX_VALUE),
                number("audit.volumeRequests", (int) usual.volumeRequests(), Integer.MAX_VALUE),
                size("audit.volumeBytes", usual.volumeBytes()),
                number("audit.unusedDays", usual.unusedDays(), Integer.MAX_VALUE),
                number("audit.sharedNetworks", usual.sharedNetworks(), Integer.MAX_VALUE),
                ranges,
                off,
                places);
    }

    private <T> List<T> lines(String key, Function<String, T> parse) {
        List<T> all = new ArrayList<>();
        String named = values.get(key);
        if (named != null) {
            try {
                for (String line : Bounded.lines(base.resolve(named), LARGEST_LIST, LONGEST_LINE)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        all.add(parse.apply(line));
                    }
                }
            } catch (IOException e) {
                wrong(key, "a file that can be read (" + Unreadable.why(e) + ")", named);
            } catch (IllegalArgumentException e) {
                wrong(key, named + ": one range a line", String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private AuditSettings.@Nullable Elsewhere elsewhere() {
        String engine = value("audit.sqlEngine", "embedded");
        if (!List.of("embedded", "bigquery", "athena").contains(engine)) {
            wrong("audit.sqlEngine", "embedded, bigquery or athena", engine);
        }
        if (engine.equals("embedded")) {
            return null;
        }
        for (String key : List.of("audit.sqlAccesses", "audit.sqlScratch")) {
            if (value(key, "").isBlank()) {
                wrong(key, "a place, as audit.sqlEngine: " + engine + " needs one", "nothing");
            }
        }
        return new AuditSettings.Elsewhere(engine, value("audit.sqlAccesses", ""), value("audit.sqlScratch", ""));
    }

    private Set<String> list(String key) {
        return Arrays.stream(value(key, "").split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long size(String key, long usual) {
        String text = value(key, Long.toString(usual));
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        wrong(key, "a whole number of bytes", text);
        return usual;
    }

    private String choice(String key, String usual, String other) {
        String value = value(key, usual);
        if (!value.equals(usual) && !value.equals(other)) {
            wrong(key, usual + " or " + other, value);
        }
        return value;
    }

    private int number(String key, int usual, int most) {
        String text = value(key, Integer.toString(usual));
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of bounds.
        }
        wrong(key, most == 100 ? "a whole number from 0 to 100" : "a whole number, 0 or more", text);
        return usual;
    }

    private LedgerSettings ledger() {
        String key = values.get("ledger.key");
        List<String> places = Arrays.stream(value("ledger.publish", "").split("\\s*,\\s*"))
                .map(String::strip)
                .filter(place -> !place.isEmpty())
                .toList();
        if (!places.isEmpty() && (key == null || key.isBlank())) {
            wrong("ledger.publish", "a key to sign it with in ledger.key (provisioner audit key new FILE)", "none");
        }
        return new LedgerSettings(
                key == null || key.isBlank() ? null : key.strip(), duration("ledger.every", "1h"), places);
    }

    private Duration duration(String key, String usual) {
        String text = value(key, usual);
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty() || duration.get().compareTo(Duration.ofSeconds(1)) < 0) {
            wrong(key, "a time such as 90s, 15m or 1h", text);
            return Duration.ofMinutes(15);
        }
        return duration.get();
    }

    private void wrong(String key, String expected, String found) {
        RawValues.Value place = raw.get(key);
        problems.add(Problem.of("The value of " + key + " is wrong")
                .at(place == null ? null : place.place())
                .expected(expected)
                .found("\"" + found + "\""));
    }
}
