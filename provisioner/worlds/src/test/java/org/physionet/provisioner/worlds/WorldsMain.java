package org.physionet.provisioner.worlds;

import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Story;
import org.physionet.provisioner.worlds.record.MemoryStore;

public final class WorldsMain {
    public static void main(String[] args) {
        int seeds = Integer.parseInt(args[0]);
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        long t = System.nanoTime();
        int bad = 0;
        java.util.TreeMap<String, Integer> kinds = new java.util.TreeMap<>();
        for (long s = first; s < first + seeds; s++) {
            Story story = Story.of(s, Bug.NONE, MemoryStore::new);
            if (!story.clean()) {
                bad++;
                String m = story.end().get().getMessage().replaceAll("[0-9]+", "N");
                kinds.merge(m.substring(0, Math.min(90, m.length())), 1, Integer::sum); System.out.println("seed "+s+" "+story.end().get().getMessage());
                if (bad < 4) {
                    System.out.println("seed " + s + " " + story.acts().size() + " acts: " + story.end().get().getMessage());
                    Story small = org.physionet.provisioner.worlds.play.Shrinking.of(story, MemoryStore::new);
                    System.out.println("   " + small.end().get().getMessage());
                    small.acts().forEach(a -> System.out.println("   - " + a));
                    if (story.end().get().getCause() != null) story.end().get().getCause().printStackTrace();
                }
            }
        }
        kinds.forEach((k, n) -> System.out.println(n + "  " + k));
        double sec = (System.nanoTime() - t) / 1e9;
        System.out.printf("%d worlds, %d bad, %.1f s, %.0f/s%n", seeds, bad, sec, seeds / sec);
    }
}
