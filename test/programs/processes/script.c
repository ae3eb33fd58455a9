// Scripts: "#!" names the interpreter, with one optional argument, then comes the script's path.
#include "corpus.h"

static void run(const char *name, const char *text, int size) {
  int file = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0755);
  must(file, "open");
  write(file, text, size);
  close(file);
  pid_t child = fork();
  if (child == 0) {
    char *arguments[] = {"ignored", "a", "b", 0};
    execv(name, arguments);
    say("%s: %s", name, error_name(errno));
    _exit(1);
  }
  reap(name, child);
}

int main(int argc, char **argv) {
  if (argc > 1) {
    for (int i = 1; i < argc; i++) say("  argument [%s]", argv[i]);
    return argc;
  }
  static char text[400];
  scratch();
  run("plain", text, snprintf(text, sizeof text, "#!%s\nrest\n", argv[0]));
  run("spaced", text, snprintf(text, sizeof text, "#!  %s   one two  \nrest\n", argv[0]));
  run("endless", text, snprintf(text, sizeof text, "#!%s x", argv[0]));
  run("nowhere", text, snprintf(text, sizeof text, "#!/no/such/thing\n"));
  run("nameless", text, snprintf(text, sizeof text, "#!\n"));
  run("./below", text, snprintf(text, sizeof text, "#!%s\n", argv[0]));
  static const char *const names[] = {"plain", "spaced", "endless", "nowhere", "nameless", "./below"};
  for (int i = 0; i < 6; i++) unlink(names[i]);
  return 0;
}
