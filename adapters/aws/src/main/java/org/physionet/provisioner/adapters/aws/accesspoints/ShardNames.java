package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.S3Location;

/**
 * The names of one resource's access points: {@code PREFIX-MARK-NN}, at most 50 characters, unique in account and region
 * (facts/aws.md A1.1). A name shows in DNS, so it tells nothing: the mark is a digest of bucket and prefix, from which a
 * lost record finds its access points again.
 */
public final class ShardNames {
    /** Characters that an installation's own prefix may have, so that every name fits. */
    public static final int LONGEST_PREFIX = 30;

    /** The names that S3 allows (facts/aws.md A1.1). */
    private static final Pattern ACCESS_POINT = Pattern.compile("[a-z0-9][a-z0-9-]{1,48}[a-z0-9]");

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?");

    /** By number, then adopted names by text. */
    private final Comparator<String> order = Comparator.comparingInt(
                    (String name) -> number(name).orElse(Integer.MAX_VALUE))
            .thenComparing(Comparator.naturalOrder());

    /** {@code slug/version/}: what PhysioNet names access points after. */
    private static final Pattern SLUG_AND_VERSION = Pattern.compile("([^/]+)/([^/]+)/");

    private final String stem;
    private final Pattern form;
    private final Pattern adoptable;
    private final Pattern anothers;
    private final @Nullable String adopted;

    /** @throws IllegalArgumentException if the prefix can not begin an access point's name */
    public ShardNames(String prefix, S3Location location) {
        requirePrefix(prefix);
        this.stem = prefix + "-" + location.mark() + "-";
        this.form = Pattern.compile(Pattern.quote(stem) + "(0[1-9]|[1-9]\\d{1,4})");
        this.anothers = Pattern.compile(Pattern.quote(prefix + "-") + "[0-9a-v]{13}-(0[1-9]|[1-9]\\d{1,4})");
        Matcher dataset = SLUG_AND_VERSION.matcher(location.prefix());
        String physioNets =
                dataset.matches() ? dataset.group(1) + "-v" + dataset.group(2).replace('.', '-') : null;
        this.adopted = physioNets == null ? null : physioNets + "-*";
        this.adoptable = Pattern.compile(physioNets == null ? "(?!)" : Pattern.quote(physioNets) + "-\\d{2,}");
    }

    /** @throws IllegalArgumentException if the prefix can not begin an access point's name */
    public static void requirePrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("expected 1 to " + LONGEST_PREFIX
                    + " of a-z, 0-9 and inner hyphens (it begins access points' names), found \"" + prefix + "\"");
        }
    }

    /** Whether an access point could have that name; documents of other layouts have none of the kind. */
    static boolean isAccessPoint(String name) {
        return ACCESS_POINT.matcher(name).matches();
    }

    /** The name of the resource's shard with this number, from 1. */
    public String name(int number) {
        return stem + "%02d".formatted(number);
    }

    /** The number of a shard of this resource; empty: the name is not one of ours for this resource. */
    public OptionalInt number(String name) {
        Matcher matcher = form.matcher(name);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    public boolean owns(String name) {
        return number(name).isPresent();
    }

    /** Whether it is an access point of ours of another resource, by its form. */
    public boolean isAnothers(String name) {
        return !owns(name) && anothers.matcher(name).matches();
    }

    /** Whether PhysioNet names this dataset's access points so: {@code slug-v1-2-3-01} (facts/physionet.md 3.3). */
    public boolean isAdoptable(String name) {
        return adoptable.matcher(name).matches();
    }

    /** PhysioNet's names for this dataset as a pattern of IAM; empty: the folder is none that PhysioNet makes access points for. */
    public Optional<String> adopted() {
        return Optional.ofNullable(adopted);
    }

    public Comparator<String> order() {
        return order;
    }
}
