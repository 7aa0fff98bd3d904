package org.physionet.provisioner.app.month;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code scripts/month --people N}: plays a month and reviews its logs; ends with 1 if anything planted is missing or anything else is told. */
public final class MonthMain {
    private static final int USUAL = 10_000;

    private MonthMain() {}

    public static void main(String[] args) throws Exception {
        int people = USUAL;
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--people")) {
                people = Integer.parseInt(args[i + 1]);
            }
        }
        Path folder = Files.createTempDirectory("month");
        System.out.println("in " + folder);
        new GeneratedMonth(System.out).show(folder, people);
        System.exit(0);
    }
}
