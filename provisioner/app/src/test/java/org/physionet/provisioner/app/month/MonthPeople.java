package org.physionet.provisioner.app.month;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who is at the site: the first twenty each have a part of their own in the story, the others read as they should. */
final class MonthPeople {
    /** Those with a part; regular people come after them. */
    static final int WITH_A_PART = 20;

    static final String WAVES = "waves/1.0";
    static final String NOTES = "notes/1.0";
    static final String XRAY = "xray/2.0";
    static final String OLD = "old/1.0";
    private static final String SHARED = "shared@example.org";
    private static final int ACCOUNTS = 7;

    private final int count;

    MonthPeople(int count) {
        this.count = count;
    }

    /** Everybody who has no part. */
    List<Integer> regular() {
        List<Integer> all = new ArrayList<>();
        for (int person = WITH_A_PART + 1; person <= count; person++) {
            all.add(person);
        }
        return all;
    }

    int count() {
        return count;
    }

    /** One of twenty, so that everybody reads within a month. */
    static boolean readsOn(int person, int day) {
        return person % 20 == day % 20;
    }

    static boolean hasAmazon(int person) {
        return person == 16 || person == 17 || person > WITH_A_PART && person % 4 == 0;
    }

    static boolean readsNotes(int person) {
        return person == 18 || person > WITH_A_PART && person % 10 == 3;
    }

    static String email(int person) {
        if (person == 10 || person == 11) {
            return SHARED;
        }
        return "p" + person + (person == 18 ? "@elsewhere.test" : "@example.org");
    }

    static String amazonId(int person) {
        return "AIDA%016d".formatted(person);
    }

    static String amazonAccount(int person) {
        return "22223333%04d".formatted(person % ACCOUNTS);
    }

    static String arn(int person) {
        return "arn:aws:iam::" + amazonAccount(person) + ":user/p" + person;
    }

    static String key(int person) {
        return "AKIAPERSON%06d".formatted(person);
    }

    /** @param later whether those have signed who sign in the middle of the month */
    String line(int person, boolean later) {
        List<String> datasets = new ArrayList<>();
        boolean waves = switch (person) {
            case 1, 15, 16, 17, 18 -> false;
            case 3, 14 -> later;
            default -> true;
        };
        if (waves) {
            datasets.add(WAVES);
        }
        if (readsNotes(person)) {
            datasets.add(NOTES);
        }
        if (hasAmazon(person)) {
            datasets.add(XRAY);
        }
        if (person == 15) {
            datasets.add(OLD);
        }
        List<String> agreements = datasets.stream()
                .map(dataset -> "{\"dataset\":\"%s\",\"signedAt\":\"2026-01-01T00:00:00Z\"}".formatted(dataset))
                .toList();
        List<String> accounts = new ArrayList<>();
        accounts.add("{\"kind\":\"google\",\"id\":\"" + email(person) + "\"}");
        if (hasAmazon(person)) {
            accounts.add("{\"kind\":\"aws\",\"id\":\"%s\",\"account\":\"%s\",\"arn\":\"%s\"}"
                    .formatted(amazonId(person), amazonAccount(person), arn(person)));
        }
        return String.format(
                Locale.ROOT,
                "{\"id\":\"%d\",\"username\":\"p%d\",\"active\":true,\"credentialed\":true,\"emails\":[\"p%d@example.org\"],"
                        + "\"agreements\":[%s],\"accounts\":[%s]}",
                person,
                person,
                person,
                String.join(",", agreements),
                String.join(",", accounts));
    }
}
