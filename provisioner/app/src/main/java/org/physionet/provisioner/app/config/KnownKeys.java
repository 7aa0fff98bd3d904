package org.physionet.provisioner.app.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.source.SourceProvider;
import org.physionet.provisioner.store.StoreConfig;

/**
 * Every key that the configuration may have, by its full name. Adapters and sources declare theirs, so that another one
 * needs no change here.
 */
final class KnownKeys {
    private static final List<Setting> OWN = List.of(
            Setting.of("source.type", null, "where identities come from"),
            Setting.of(
                    "catalog",
                    null,
                    "the catalog file; default: catalog.yaml beside the configuration, if it is there"),
            Setting.of("dataDir", ".provisioner", "folder of the embedded database and of working files"),
            Setting.of("eligibility.downloadsDisabled", "deny", "deny or ignore PhysioNet's \"file downloads off\""),
            Setting.of(
                    "eligibility.regions.blocked",
                    "",
                    "countries, two letters each, whose researchers get no " + "region-restricted data"),
            Setting.of("eligibility.regions.unknown", "deny", "deny or allow when a researcher's country is not known"),
            Setting.of("guards.maxRevocations", "50", "researchers whose access one run may end"),
            Setting.of("guards.maxRevocationPercent", "5", "share of a dataset's holders whose access one run may end"),
            Setting.of("guards.maxAdmissions", "50", "researchers whom a changed rule may let into a resource"),
            Setting.of("guards.maxShrinkPercent", "10", "how much smaller the source may become between two runs"),
            Setting.of("guards.maxUnreadablePercent", "2", "share of the source's rows that may be unreadable"),
            Setting.of("guards.secondPerson", "false", "whether releasing a case needs a second person"),
            Setting.of(
                    "audit.engine", "", "the engine's own principals, whose policy changes in cloud logs are expected"),
            Setting.of("audit.known", "", "principals whose reads need no grant: staff, backups, canaries"),
            Setting.of("audit.off", "", "findings of audit logs that are not wanted, e.g. unused_grant"),
            Setting.of("audit.volumeFactor", "10", "so many times the usual of a day is unusual_volume"),
            Setting.of("audit.volumeRequests", "1000", "but never fewer requests a day than this"),
            Setting.of("audit.volumeBytes", "10737418240", "nor fewer bytes a day than this"),
            Setting.of("audit.unusedDays", "90", "days without a read after which a grant is an unused_grant"),
            Setting.of("audit.sharedNetworks", "8", "networks within one hour that make a shared_identity"),
            Setting.of(
                    "audit.blockedRanges", null, "file of address ranges, one a line, whose reads are blocked_region"),
            Setting.of(
                    "audit.places",
                    null,
                    "file of address ranges with latitude and longitude, for reads from an improbable_place"),
            Setting.of("audit.sqlEngine", "embedded", "where accesses are asked about: embedded, bigquery or athena"),
            Setting.of("audit.sqlAccesses", null, "their table there"),
            Setting.of("audit.sqlScratch", null, "where tables of our own may be made there"),
            Setting.of("audit.publicMinimum", "10", "people below whose number a public figure is not shown"),
            Setting.of("schedule.reconcile", "15m", "time between two runs of the service"),
            Setting.of(
                    "alerts.revocationOverdueAfter",
                    null,
                    "a revocation known for longer that is not proven is an alert; default: schedule.reconcile"),
            Setting.of("serve.address", "127.0.0.1", "where the service listens; on this machine alone"),
            Setting.of("serve.port", "8080", "port of the service; 0: any"),
            Setting.secret("ledger.key", "the key that signs the ledger: a file, PEM text, or a key service's name"),
            Setting.of("ledger.every", "1h", "a signed checkpoint at least so often, also when nothing happened"),
            Setting.of("ledger.publish", "", "where the ledger goes: folders, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX"));

    private final SequencedMap<String, Setting> byName = new LinkedHashMap<>();

    /** @param source empty if the type is not known yet; then only {@code source.type} of its section is */
    KnownKeys(Optional<SourceProvider> source, Collection<AdapterProvider> adapters) {
        OWN.forEach(this::add);
        StoreConfig.SETTINGS.forEach(setting -> add(in("store", setting)));
        source.ifPresent(s -> s.settings().forEach(setting -> add(in("source", setting))));
        adapters.forEach(a -> a.settings().forEach(setting -> add(in(a.provider(), setting))));
    }

    private static Setting in(String section, Setting s) {
        return new Setting(section + "." + s.key(), s.fallback(), s.secret(), s.meaning());
    }

    private void add(Setting setting) {
        byName.put(setting.key(), setting);
    }

    Optional<Setting> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether keys begin with it: {@code guards}, {@code eligibility.regions}. */
    boolean isSection(String name) {
        return byName.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
    }

    SequencedMap<String, Setting> all() {
        return byName;
    }
}
