package io.governor.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Programs whose sub-command and options alone say what is lost (their manuals). A row is {@code
 * loss | program words | needs one of these | harmless with one of these}; words that begin with a
 * dash may have a value behind {@code =}.
 */
final class LossTable {

  private record Row(Loss loss, List<String> words, Set<String> needs, Set<String> unless) {

    static Row of(String line) {
      List<List<String>> cells = cells(line);
      List<String> command = cells.get(1);
      return new Row(
          Loss.valueOf(cells.get(0).get(0)),
          command.subList(1, command.size()),
          cells.size() > 2 ? Set.copyOf(cells.get(2)) : Set.of(),
          cells.size() > 3 ? Set.copyOf(cells.get(3)) : Set.of());
    }

    boolean applies(List<String> arguments) {
      return LeadingWords.are(words, arguments)
          && (needs.isEmpty() || arguments.stream().anyMatch(argument -> names(needs, argument)))
          && arguments.stream().noneMatch(argument -> names(unless, argument));
    }

    private static boolean names(Set<String> options, String argument) {
      int equals = argument.indexOf('=');
      boolean named = equals > 0 && options.contains(argument.substring(0, equals));
      return options.contains(argument) || named;
    }
  }

  private static final String ROWS =
      """
      FORMAT | mkfs | | -V --version --help
      FORMAT | mke2fs | | -n
      FORMAT | mkswap
      FORMAT | newfs
      FORMAT | wipefs | -a --all -af -fa -o --offset | -n --no-act
      FORMAT | blkdiscard
      FORMAT | sgdisk | -Z -z --zap --zap-all -o --clear
      FORMAT | hdparm | --security-erase --security-erase-enhanced --trim-sector-ranges
      FORMAT | nvme format
      FORMAT | nvme sanitize
      FORMAT | diskutil eraseDisk
      FORMAT | diskutil eraseVolume
      FORMAT | diskutil apfs deleteContainer
      FORMAT | cryptsetup luksFormat
      FORMAT | cryptsetup luksErase
      FORMAT | cryptsetup erase
      FORMAT | lvremove | | -t --test
      FORMAT | vgremove | | -t --test
      FORMAT | pvremove | | -t --test
      FORMAT | zpool destroy
      FORMAT | zfs destroy | | -n
      FORMAT | btrfs subvolume delete
      FORMAT | mdadm | --zero-superblock
      SHRED | shred | | --help --version
      SHRED | srm
      SHRED | wipe
      TRUNCATE | truncate | | --help --version
      INFRASTRUCTURE | terraform destroy | | -help --help
      INFRASTRUCTURE | terraform apply | -destroy --destroy
      INFRASTRUCTURE | tofu destroy | | -help --help
      INFRASTRUCTURE | tofu apply | -destroy --destroy
      INFRASTRUCTURE | terragrunt destroy
      INFRASTRUCTURE | terragrunt run-all destroy
      INFRASTRUCTURE | pulumi destroy | | --preview-only --help
      INFRASTRUCTURE | pulumi stack rm
      INFRASTRUCTURE | cdk destroy
      INFRASTRUCTURE | vagrant destroy
      INFRASTRUCTURE | serverless remove
      CLUSTER | kubectl delete | | --dry-run --help
      CLUSTER | oc delete | | --dry-run --help
      CLUSTER | kubectl drain | | --dry-run
      CLUSTER | helm uninstall | | --dry-run
      CLUSTER | helm delete | | --dry-run
      CLUSTER | kind delete
      CLUSTER | minikube delete
      CLUSTER | eksctl delete
      CONTAINERS | docker system prune
      CONTAINERS | docker volume prune
      CONTAINERS | docker volume rm
      CONTAINERS | docker image prune | -a --all -af -fa
      CONTAINERS | docker container prune
      CONTAINERS | docker compose down | -v --volumes
      CONTAINERS | docker-compose down | -v --volumes
      CONTAINERS | podman system prune
      CONTAINERS | podman system reset
      CONTAINERS | podman volume prune
      CONTAINERS | podman volume rm
      CLOUD | aws s3 rm | --recursive | --dryrun
      CLOUD | aws s3 rb
      CLOUD | aws s3api delete-bucket
      CLOUD | aws ec2 terminate-instances | | --dry-run
      CLOUD | aws rds delete-db-instance
      CLOUD | aws dynamodb delete-table
      CLOUD | aws cloudformation delete-stack
      CLOUD | gcloud projects delete
      CLOUD | gcloud compute instances delete
      CLOUD | gcloud sql instances delete
      CLOUD | gcloud container clusters delete
      CLOUD | gcloud storage rm | -r -R --recursive
      CLOUD | gsutil rm | -r -R
      CLOUD | gsutil rb
      CLOUD | az group delete
      CLOUD | az vm delete
      CLOUD | heroku apps:destroy
      CLOUD | fly apps destroy
      CLOUD | doctl compute droplet delete
      DATABASE | dropdb | | --help
      DATABASE | redis-cli flushall
      DATABASE | redis-cli FLUSHALL
      DATABASE | redis-cli flushdb
      DATABASE | redis-cli FLUSHDB
      DATABASE | mysqladmin drop
      REPOSITORY | gh repo delete
      REPOSITORY | gh release delete
      REPOSITORY | npm unpublish | | --dry-run
      REPOSITORY | cargo yank
      ACCOUNT | crontab | -r
      ACCOUNT | userdel | -r --remove -rf -fr
      ACCOUNT | deluser | --remove-home --remove-all-files
      """;

  /** Taken apart only where a program is asked for: a hook asks for few, and once. */
  private static final Map<String, List<String>> LINES_BY_PROGRAM = read();

  private LossTable() {}

  private static Map<String, List<String>> read() {
    Map<String, List<String>> lines = new HashMap<>();
    StringTokenizer rows = new StringTokenizer(ROWS, "\n");
    while (rows.hasMoreTokens()) {
      String line = rows.nextToken();
      int program = line.indexOf('|') + 2;
      int end = line.indexOf(' ', program);
      String name = line.substring(program, end < 0 ? line.length() : end);
      lines.computeIfAbsent(name, each -> new ArrayList<>()).add(line);
    }
    return lines;
  }

  private static List<List<String>> cells(String line) {
    List<List<String>> cells = new ArrayList<>(List.of(new ArrayList<>()));
    StringTokenizer words = new StringTokenizer(line);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (word.equals("|")) {
        cells.add(new ArrayList<>());
      } else {
        cells.get(cells.size() - 1).add(word);
      }
    }
    return cells;
  }

  static @Nullable Loss loss(String program, List<String> arguments) {
    String name = program.startsWith("mkfs.") ? "mkfs" : program;
    for (String line : LINES_BY_PROGRAM.getOrDefault(name, List.of())) {
      Row row = Row.of(line);
      if (row.applies(arguments)) {
        return row.loss();
      }
    }
    return null;
  }

  static boolean lists(String program) {
    return LINES_BY_PROGRAM.containsKey(program);
  }
}
