import SocialChoice
print(CommitteeRule.phragmen.name)
