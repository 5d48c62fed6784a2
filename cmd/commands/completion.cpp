// hrctl completion bash|zsh|fish: a thin script that asks `hrctl __complete WORD…` for what may come next.
#include "base/error.h"
#include "base/text.h"
#include "command.h"

namespace hr::cmd {

namespace {

constexpr const char* kBash =
    R"(# hrctl completion bash  >  /etc/bash_completion.d/hrctl, or: source <(hrctl completion bash)
_hrctl() {
  local IFS=$'\n'
  COMPREPLY=($(hrctl __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ ${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _hrctl hrctl
)";
constexpr const char* kZsh = R"(#compdef hrctl
# hrctl completion zsh  >  a file _hrctl in a folder of $fpath
_hrctl() {
  local -a found
  found=("${(@f)$(hrctl __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _hrctl hrctl
)";
constexpr const char* kFish = R"(# hrctl completion fish  >  ~/.config/fish/completions/hrctl.fish
function __hrctl_complete
  set -l words (commandline -opc) (commandline -ct)
  hrctl __complete $words[2..-1] 2>/dev/null
end
complete -c hrctl -a '(__hrctl_complete)'
)";

}  // namespace

void add_completion(CLI::App& parent, Session& session) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* leaf = add_leaf(parent, "completion", session);
  add_word(leaf, session, "SHELL", *shell, true);
  set_action_anywhere(leaf, session, [&session, shell] {
    const char* script = *shell == "bash" ? kBash : *shell == "zsh" ? kZsh : *shell == "fish" ? kFish : nullptr;
    if (!script)
      throw Error(ErrorKind::usage, "usage/choice", {"completion", escape_controls(*shell), "bash, zsh, fish"});
    session.print(std::string(script));
    return 0;
  });
}

}  // namespace hr::cmd
