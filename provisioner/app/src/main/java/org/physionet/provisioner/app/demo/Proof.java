package org.physionet.provisioner.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Reads every place as every identity that fits it, and compares with what should be.
 *
 * @param may whether an identity should be able to read a place
 */
record Proof(DemoClouds clouds, List<Resource> places, List<Identity> identities, Expectation may) {
    /** What should be. */
    interface Expectation {
        boolean holds(Identity identity, Resource place);
    }

    /** @param wrong what was not as it should be, one sentence each */
    record Result(int reads, int refusals, List<String> wrong) {
        boolean fine() {
            return wrong.isEmpty();
        }
    }

    /** Prints one line for each identity; {@code reads} and {@code -} are what was found and right. */
    Result show(PrintStream out, Paint paint, DemoPeople people) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        int reads = 0;
        int refusals = 0;
        out.printf("  %-10s %-24s", "", "");
        for (int i = 0; i < places.size(); i++) {
            out.printf(" %6s", "[" + (i + 1) + "]");
        }
        out.println();
        for (Identity identity : Set.copyOf(identities).stream()
                .sorted(java.util.Comparator.comparing(this::order))
                .toList()) {
            out.printf("  %-10s %-24s", people.username(identity.researcher()), shortened(identity.login()));
            for (Resource place : places) {
                if (!identity.fits(place.id().scheme())) {
                    out.printf(" %6s", "");
                    continue;
                }
                boolean found = clouds.canRead(identity, place);
                boolean should = may.holds(identity, place);
                reads += found ? 1 : 0;
                refusals += found ? 0 : 1;
                String text = "%6s".formatted(found == should ? (found ? "reads" : "-") : "WRONG");
                out.print(" " + (found != should ? paint.bad(text) : found ? paint.good(text) : paint.faint(text)));
                if (found != should) {
                    wrong.add(identity.login() + (found ? " can read " : " can not read ") + place.id());
                }
            }
            out.println();
        }
        for (int i = 0; i < places.size(); i++) {
            out.println(paint.faint("  [" + (i + 1) + "] " + places.get(i).id()));
        }
        return new Result(reads, refusals, wrong);
    }

    private String order(Identity identity) {
        String researcher = identity.researcher().isEmpty() ? "9999" : identity.researcher();
        return "%6s".formatted(researcher) + identity.kind() + identity.login();
    }

    private static String shortened(String login) {
        return login.length() <= 24 ? login : login.substring(0, 23) + "…";
    }
}
