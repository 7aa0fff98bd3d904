package org.physionet.provisioner.adapters.gcp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.directory.Migration;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A kind of resource at Google. With layout {@code group} it takes the keys {@code group}, the group's address, and
 * {@code migrate}: {@code both} puts the people who stand directly in the policy into the group, where they are from then
 * on the engine's in either place; {@code finish} takes the direct entries out of those who have been members for a day,
 * when memberships are in effect everywhere; then the key goes away. Without it direct entries are not the engine's.
 *
 * @param grammar checks a location without its scheme and returns its canonical form
 */
record GoogleKind(String catalogKey, String scheme, UnaryOperator<String> grammar) implements ResourceKind {
    static final String MEMBERS = "members";
    static final String GROUP = "group";

    /** The catalog's key for the group's address. */
    static final String GROUP_KEY = "group";

    static final List<ResourceKind> ALL = List.of(
            new GoogleKind("gcs", "gs", ResourceNames::bucket),
            new GoogleKind("bigquery", "bq", ResourceNames::dataset));

    @Override
    public List<String> layouts() {
        return List.of(MEMBERS, GROUP);
    }

    @Override
    public Set<String> options() {
        return Set.of(GROUP_KEY, Migration.KEY);
    }

    @Override
    public ResourceId parse(String location) {
        String prefix = scheme + "://";
        String bare = location.startsWith(prefix) ? location.substring(prefix.length()) : location;
        String name = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        return new ResourceId(prefix + grammar.apply(name));
    }

    @Override
    public void check(String layout, Map<String, String> options) {
        if (!layouts().contains(layout)) {
            throw new IllegalArgumentException(
                    "layout: expected " + String.join(" or ", layouts()) + " for " + catalogKey + ", found " + layout);
        }
        Set<String> allowed = layout.equals(GROUP) ? options() : Set.of();
        options.keySet().stream()
                .filter(key -> !allowed.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(key + ": not a key of " + catalogKey + " with layout " + layout);
                });
        if (layout.equals(GROUP)) {
            checkGroup(options.get(GROUP_KEY));
            String migrate = options.get(Migration.KEY);
            if (Migration.of(migrate).isEmpty()) {
                throw new IllegalArgumentException("migrate: expected both (people are in the group and stay in the"
                        + " policy) or finish (members of the group leave the policy), found " + migrate);
            }
        }
    }

    /** One group may open several buckets and datasets; its address is the same in any case. */
    @Override
    public Optional<String> sharedDoor(String layout, Map<String, String> options) {
        return layout.equals(GROUP)
                ? Optional.ofNullable(options.get(GROUP_KEY)).map(group -> group.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static void checkGroup(@Nullable String address) {
        if (address == null) {
            throw new IllegalArgumentException("group: expected the group's address with layout group, found none");
        }
        try {
            new EmailAddress(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("group: " + e.getMessage(), e);
        }
    }
}
