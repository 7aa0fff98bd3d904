package org.physionet.provisioner.audit.review;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;

/**
 * Whose name a log means: e-mail addresses by their mailbox (facts/gcp.md 2, row 21), AWS identities by unique id, or by
 * ARN where somebody linked one (facts/aws.md A4.1, A4.2). What matches nothing stays as the log has it.
 */
final class Names {
    private static final Pattern SESSION = Pattern.compile("arn:([^:]+):sts::(\\d{12}):assumed-role/([^/]+)/.*");
    private static final Pattern ROLE = Pattern.compile("arn:([^:]+):iam::(\\d{12}):role/(?:.*/)?([^/]+)");

    private final Map<String, String> byAlias = new HashMap<>();
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, SortedMap<String, String>> holders = new HashMap<>();

    Names(Recorded recorded) {
        recorded.intervals().forEach(interval -> {
            Principal principal = interval.principal();
            if (principal != null) {
                shown.putIfAbsent(principal.key(), principal.text());
                interval.rested().stream()
                        .filter(on -> on.researcher() != null)
                        .forEach(on -> hold(principal.key(), String.valueOf(on.researcher()), on.username()));
            }
        });
        for (Recorded.Linked linked : recorded.identities()) {
            String key = linked.principal().key();
            shown.put(key, linked.principal().text());
            hold(key, linked.researcher(), linked.username());
            for (String alias : linked.aliases()) {
                byAlias.put(plain(alias), key);
            }
        }
    }

    private void hold(String key, String researcher, @Nullable String username) {
        holders.computeIfAbsent(key, _ -> new TreeMap<>()).put(researcher, username == null ? "" : username);
    }

    /** The key under which the record has a name, or the name itself in its one form. */
    String key(String raw) {
        String plain = plain(raw);
        String known = byAlias.get(plain);
        if (known != null) {
            return known;
        }
        int session = plain.startsWith("AROA") ? plain.indexOf(':') : -1;
        if (session > 0 && !shown.containsKey(plain)) {
            return plain.substring(0, session);
        }
        return plain;
    }

    private static String plain(String raw) {
        if (raw.startsWith("user:")) {
            try {
                return "user:" + new EmailAddress(raw.substring("user:".length())).matchKey();
            } catch (IllegalArgumentException e) {
                return raw;
            }
        }
        Matcher session = SESSION.matcher(raw);
        if (session.matches()) {
            return "role " + session.group(2) + " " + session.group(3);
        }
        Matcher role = ROLE.matcher(raw);
        return role.matches() ? "role " + role.group(2) + " " + role.group(3) : raw;
    }

    /** Whether one of these is meant, in whatever spelling. */
    boolean anyOf(Collection<String> names, String raw) {
        String bare = raw.replaceFirst("^(user|serviceAccount):", "");
        return names.stream()
                .anyMatch(name -> name.equals(raw)
                        || key(name).equals(key(raw))
                        || name.replaceFirst("^(user|serviceAccount):", "").equalsIgnoreCase(bare));
    }

    boolean known(String key) {
        return shown.containsKey(key);
    }

    /** As every output writes it. */
    String shown(String key, String raw) {
        return shown.getOrDefault(key, raw);
    }

    /** Researchers who link it, with their usernames. */
    SortedMap<String, String> holders(String key) {
        return holders.getOrDefault(key, new TreeMap<>());
    }
}
