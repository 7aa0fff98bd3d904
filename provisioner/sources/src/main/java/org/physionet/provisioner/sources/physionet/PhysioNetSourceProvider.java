package org.physionet.provisioner.sources.physionet;

import java.time.InstantSource;
import java.util.List;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceProvider;

/** Offers {@code source.type: physionet}. Connects only when the source is read. */
public final class PhysioNetSourceProvider implements SourceProvider {
    @Override
    public String type() {
        return "physionet";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of(
                        "url",
                        null,
                        "JDBC address of PhysioNet's PostgreSQL database, jdbc:postgresql://HOST:PORT/NAME, no password in it."),
                Setting.of(
                        "user",
                        null,
                        "The read-only role (infra/physionet/reader.sql); without it the driver's default."),
                Setting.secret("password", "The role's password."),
                Setting.of(
                        "googleAccounts",
                        GoogleAccountsFrom.LINKED.text(),
                        "Where Google accounts are: linked (the address chosen in PhysioNet's settings) or"
                                + " research-environment (environment_cloudidentity, Health Data Nexus)."));
    }

    @Override
    public Source open(Settings settings, InstantSource clock) {
        return new PhysioNetSource(ConnectionSettings.of(settings));
    }
}
