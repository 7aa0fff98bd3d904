package org.physionet.provisioner.engine.adapter;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * What a provider's adapter brings: its configuration section, its catalog keys, its identities, and the adapter itself.
 * Found with {@link java.util.ServiceLoader}; a third cloud is a jar on the path with one of these.
 *
 * <p>Loading and asking it must touch no SDK class: the command line does so at every start.
 */
public interface AdapterProvider {
    /** Short name, e.g. {@code gcp}: the configuration section, and the value of {@code --provider}. */
    String provider();

    /** The keys of its configuration section. */
    List<Setting> settings();

    IdentityKind identityKind();

    List<ResourceKind> resourceKinds();

    /**
     * Makes the adapter. Connects lazily: no call is made to the provider.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names the key
     */
    Adapter connect(Settings settings, AdapterContext context);

    /**
     * Proof that somebody has an account of this provider; empty: the provider offers none, or it is not configured.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names the key
     */
    default Optional<IdentityProof> identityProof(Settings settings, AdapterContext context) {
        return Optional.empty();
    }

    /**
     * A place of this provider that the ledger is published to; empty: the address is not this provider's. Makes no call.
     *
     * @param place e.g. {@code s3://BUCKET/PREFIX}
     * @throws IllegalArgumentException if the address or a setting is wrong; the message names it
     */
    default Optional<Archive> archive(String place, Settings settings, AdapterContext context) {
        return Optional.empty();
    }

    /**
     * A key of this provider's key service that signs the ledger; empty: the name is not this provider's. Makes no call.
     *
     * @param key {@code SERVICE:NAME}, e.g. {@code awskms:alias/ledger}
     * @throws IllegalArgumentException if the name or a setting is wrong; the message names it
     */
    default Optional<Signer> signer(String key, Settings settings, AdapterContext context) {
        return Optional.empty();
    }

    /**
     * Where logs may lie, for names such as {@code gs://BUCKET/PREFIX}.
     *
     * @param scheme what stands before {@code ://}
     * @return empty: it is not this provider's
     * @throws IllegalArgumentException if a setting is wrong; the message names the key
     */
    default Optional<StoredLogs> storedLogs(String scheme, Settings settings, AdapterContext context) {
        return Optional.empty();
    }

    /**
     * The SQL engine of this provider, for logs that lie there. Makes no call.
     *
     * @param name e.g. {@code bigquery}
     * @param scratch where it may make tables of its own, as the engine names such a place
     * @return empty: the engine is not this provider's
     * @throws IllegalArgumentException if a setting is wrong; the message names the key
     */
    default Optional<SqlEngine> sqlEngine(String name, String scratch, Settings settings, AdapterContext context) {
        return Optional.empty();
    }
}
