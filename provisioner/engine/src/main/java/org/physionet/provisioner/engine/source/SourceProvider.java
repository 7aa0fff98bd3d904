package org.physionet.provisioner.engine.source;

import java.time.InstantSource;
import java.util.List;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/** Found with {@link java.util.ServiceLoader}. Must load no driver or parser before {@link #open}. */
public interface SourceProvider {
    /** The value of {@code source.type}, e.g. {@code physionet}. */
    String type();

    /** The keys under {@code source:} that it takes, beside {@code type}. */
    List<Setting> settings();

    /**
     * Opens it; may connect lazily.
     *
     * @param clock what a snapshot's time is taken from by a source that has no clock of its own, as files have none
     * @throws IllegalArgumentException if a setting is wrong; the message names the key
     */
    Source open(Settings settings, InstantSource clock);
}
